package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.apitokens.FeedMemory.Witness;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedFileTest {

    private static final FeedMemory MEMORY = new FeedMemory(
            7,
            List.of(
                    new Witness(5, "five", Instant.ofEpochSecond(200)),
                    new Witness(7, "seven", Instant.ofEpochSecond(100))),
            3,
            "three");

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("feed");
    }

    private static FeedMemory empty(long number) {
        return new FeedMemory(number, List.of(), 3, "three");
    }

    @Test
    void it_has_a_line_and_one_for_each_witness() throws Exception {
        new FeedFile(folder).save(MEMORY);
        assertThat(file()).hasContent("7 3 three\n5 five 200\n7 seven 100\n");
        assertThat(new FeedFile(folder).load()).contains(MEMORY);
    }

    @Test
    void without_a_file_nothing_is_remembered() {
        assertThat(new FeedFile(folder).load()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "7 3",
                "x 3 three",
                "7 x three",
                "7 3 three\n5",
                "7 3 three\n5 five",
                "7 3 three\n5 five x",
                "7 3 three\n\n"
            })
    void a_damaged_file_is_no_memory_of_nothing(String text) throws Exception {
        Files.writeString(file(), text);
        assertThatThrownBy(() -> new FeedFile(folder).load())
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("damaged");
        new FeedFile(folder).save(MEMORY);
        assertThat(new FeedFile(folder).load()).contains(MEMORY);
    }

    @Test
    void a_file_that_cannot_be_read_says_so() throws Exception {
        Files.createDirectory(file());
        assertThatThrownBy(() -> new FeedFile(folder).load()).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void what_stands_there_already_is_not_written_again() throws Exception {
        var place = new FeedFile(folder);
        place.save(MEMORY);
        Files.delete(file());
        place.save(MEMORY);
        assertThat(file()).doesNotExist();
        place.save(empty(8));
        assertThat(new FeedFile(folder).load()).contains(empty(8));

        var later = new FeedFile(folder);
        later.load();
        Files.delete(file());
        later.save(empty(8));
        assertThat(file()).doesNotExist();
    }

    @Test
    void a_file_that_cannot_be_written_is_tried_again() throws Exception {
        // A file where the folder should be.
        var later = Files.createFile(folder.resolve("later"));
        var place = new FeedFile(later);
        place.save(MEMORY);
        Files.delete(later);
        Files.createDirectory(later);
        place.save(MEMORY);
        assertThat(new FeedFile(later).load()).contains(MEMORY);
    }

    @Test
    void another_process_that_was_further_keeps_its_memory() {
        new FeedFile(folder).save(MEMORY);
        new FeedFile(folder).save(empty(6));
        assertThat(new FeedFile(folder).load()).contains(MEMORY);
        new FeedFile(folder).save(empty(7));
        assertThat(new FeedFile(folder).load()).contains(empty(7));
        var other = new FeedMemory(1, List.of(), 4, "four");
        new FeedFile(folder).save(other);
        assertThat(new FeedFile(folder).load()).contains(other);
    }

    private static FeedEntry until(long number, long second) {
        return new FeedEntry(
                number, "m" + number, FeedEntry.Kind.SUBJECT, "a", Instant.EPOCH, Instant.ofEpochSecond(second));
    }

    @Test
    void a_witness_lasts_longer_than_all_that_follow() {
        var memory = FeedMemory.of(1, "one").with(until(1, 100)).with(until(2, 50));
        assertThat(memory.witnesses()).extracting(Witness::number).containsExactly(1L, 2L);
        assertThat(memory.newest())
                .hasValueSatisfying(witness -> assertThat(witness.number()).isEqualTo(2));
        assertThat(memory.with(until(3, 50)).witnesses())
                .extracting(Witness::number)
                .containsExactly(1L, 3L);
        assertThat(memory.with(until(3, 51)).witnesses())
                .extracting(Witness::number)
                .containsExactly(1L, 3L);
        assertThat(memory.with(until(3, 100)).witnesses())
                .extracting(Witness::number)
                .containsExactly(3L);
        assertThat(memory.withoutNewest().witnesses())
                .extracting(Witness::number)
                .containsExactly(1L);
        assertThat(memory.withoutNewest().number()).isEqualTo(2);
        assertThat(FeedMemory.of(1, "one").newest()).isEmpty();
    }

    /** Neither the first nor the last, and the one whose neighbours end closest to each other. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 17, 31, 32})
    void of_33_witnesses_the_one_that_is_missed_least_goes(int least) {
        var memory = FeedMemory.of(1, "one");
        long end = 1_000_000;
        for (int number = 1; number <= 33; number++) {
            memory = memory.with(until(number, end));
            // Its neighbours are 10 and 10 apart, all others 100 and something.
            end -= number == least - 1 || number == least ? 10 : 100;
        }
        assertThat(memory.witnesses()).hasSize(32);
        assertThat(memory.witnesses())
                .extracting(Witness::number)
                .doesNotContain((long) least)
                .contains(1L, 33L);
    }
}
