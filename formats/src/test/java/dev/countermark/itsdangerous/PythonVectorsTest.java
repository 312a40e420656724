package dev.countermark.itsdangerous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What itsdangerous 0.24 to 2.2.0 wrote, read and said, a line for each kind of token, date and damage. */
class PythonVectorsTest {

    private static final List<PythonVector> VECTORS = PythonVector.all();

    @Test
    void a_token_is_written_as_the_release_writes_it() {
        agree(PythonVector::isWritten, PythonVector::written, vector -> {
            var refusal = catchThrowable(vector::write);
            return refusal == null ? vector.write() : refusal.getClass().getSimpleName();
        });
    }

    @Test
    void a_lenient_reader_answers_as_the_release_does() {
        agree(
                PythonVector::isRead,
                vector -> vector.hasAnExpiryOfPythonsAlone() ? "nothing" : vector.answer(),
                vector -> answer(vector.read(true)));
    }

    @Test
    void a_strict_reader_accepts_less_and_refuses_with_the_words_of_the_release() {
        agree(
                PythonVector::isRead,
                vector -> vector.isAccepted() && !(vector.read(false) instanceof Valid) ? "nothing" : vector.answer(),
                vector -> answer(vector.read(false)));
    }

    private static String answer(Verdict<?> verdict) {
        return verdict instanceof Valid<?> valid ? PythonVector.notation(valid.value()) : PythonVector.error(verdict);
    }

    private static void agree(
            Predicate<PythonVector> which, Function<PythonVector, String> theirs, Function<PythonVector, String> ours) {
        var asked = VECTORS.stream().filter(which).toList();
        assertThat(asked).hasSizeGreaterThan(50);
        var different = asked.stream()
                .filter(vector -> !theirs.apply(vector).equals(ours.apply(vector)))
                .map(vector -> vector + ": theirs " + theirs.apply(vector) + ", ours " + ours.apply(vector))
                .toList();
        assertThat(different).isEmpty();
    }
}
