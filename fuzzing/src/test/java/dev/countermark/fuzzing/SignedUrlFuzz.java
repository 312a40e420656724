package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.latin1;
import static dev.countermark.fuzzing.Wire.utf8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.SignedUrl;
import dev.countermark.Valid;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Any link to sign, and any changes to one that was signed. What comes back says the same as what was signed to a reader
 * that is not ours, {@link URI}.
 */
class SignedUrlFuzz {

    private static final SignedUrl PLAIN =
            SignedUrl.of(Keys.KEYRING, "fuzz", Duration.ofHours(1)).clock(Keys.CLOCK);
    private static final List<SignedUrl> READERS = List.of(
            PLAIN,
            PLAIN.coveringHost(),
            SignedUrl.withoutExpiry(Keys.KEYRING, "fuzz").clock(Keys.CLOCK),
            PLAIN.allowingUnsigned("utm_source"));
    private static final SignedUrl OF_ANOTHER_KEY =
            SignedUrl.of(Keys.OTHER_KEYRING, "fuzz", Duration.ofHours(1)).clock(Keys.CLOCK);
    private static final SignedUrl LATER =
            PLAIN.clock(Clock.offset(Keys.CLOCK, Duration.ofHours(1).plusSeconds(1)));
    private static final String LINK = "https://files.example/a%20b/report?id=7&id=8&q=x%2By&empty";

    @FuzzTest
    void a_link_means_what_was_signed(byte[] data) {
        var input = new Input(data);
        var reader = READERS.get(input.choice(READERS.size()));
        switch (input.choice(3)) {
            case 0 -> {
                var link = utf8(input.rest());
                Bounds.verdictOnManyTexts(() -> reader.check(link));
                signsAndReads(reader, link);
            }
            case 1 -> {
                var link = latin1(input.rest());
                if (Bounds.verdictOnManyTexts(() -> reader.check(link)) instanceof Valid) {
                    throw new AssertionError("nobody signed this link");
                }
            }
            default -> {
                var signed = reader.sign(LINK);
                var changed = latin1(input.edited(Wire.bytes(signed)));
                if (Bounds.verdictOnManyTexts(() -> reader.check(changed)) instanceof Valid<String> valid) {
                    requireSame(signed, changed, valid.value(), reader);
                }
            }
        }
    }

    private static void signsAndReads(SignedUrl reader, String link) {
        String signed;
        try {
            signed = reader.sign(link);
        } catch (IllegalArgumentException e) {
            // Not a link that can be signed.
            return;
        }
        if (!(Bounds.verdictOnManyTexts(() -> reader.check(signed)) instanceof Valid<String> valid)) {
            throw new AssertionError("a link that was signed is refused");
        }
        if (OF_ANOTHER_KEY.check(signed) instanceof Valid) {
            throw new AssertionError("a link of another key is accepted");
        }
        if (reader == PLAIN && LATER.check(signed) instanceof Valid) {
            throw new AssertionError("a link is accepted after its end");
        }
        // Of the value, signing again gives a link to the same place.
        if (!(reader.check(reader == READERS.get(1) ? signed : reader.sign(valid.value()))
                        instanceof Valid<String> again)
                || !again.value().equals(valid.value())) {
            throw new AssertionError("the target of a link, signed, is another");
        }
    }

    /** A changed link that is still valid goes to the same place: its path and parameters decode alike. */
    private static void requireSame(String signed, String changed, String target, SignedUrl reader) {
        var before = URI.create(signed);
        var after = URI.create(target);
        if (!before.getPath().equals(after.getPath())) {
            throw new AssertionError("the path has changed");
        }
        var expected = PLAIN.verify(PLAIN.sign(LINK));
        if (reader != READERS.get(3) && !target.equals(expected)) {
            throw new AssertionError("the parameters have changed");
        }
        if (!(reader.check(changed) instanceof Valid)) {
            throw new AssertionError("a verdict is the same when asked again");
        }
    }
}
