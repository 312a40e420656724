package dev.countermark.itsdangerous;

import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.encoding.EpochSeconds;
import dev.countermark.python.Repr;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads as a release reads, step by step, with the errors that it raises: the lenient mode, and what a refusal would have
 * been in Python.
 *
 * <p>Where Python lets an exception of its own out, the answer is a refusal without a {@link PythonError}. Sizes and the
 * years 1970 to 9999 stay limits.
 *
 * <p>Source: itsdangerous 2.2.0, {@code signer.py}, {@code Signer.unsign}; {@code timed.py}, {@code TimestampSigner.unsign};
 * {@code serializer.py}, {@code Serializer.loads}; the same of 0.24 to 2.1.2.
 */
final class PythonReader {

    private final PythonFormat format;
    private final ItsDangerous release;
    private final SignatureCheck signer;
    private final boolean isFallback;
    private final byte[] text;
    private final long now;
    private final Terms terms;

    private PythonReader(
            PythonFormat format, SignatureCheck signer, boolean isFallback, byte[] text, long now, Terms terms) {
        this.format = format;
        this.release = format.settings().release();
        this.signer = signer;
        this.isFallback = isFallback;
        this.text = text;
        this.now = now;
        this.terms = terms;
    }

    static Reading read(PythonFormat format, byte[] text, long now, Terms terms) {
        var reading = Reading.refused(Reason.MALFORMED);
        boolean isFallback = false;
        // In Python's order, and no further than Python looks: each may split the text elsewhere, and an error ends the
        // search.
        for (var signer : format.signers()) {
            reading = new PythonReader(format, signer, isFallback, text, now, terms).read();
            if (!triesTheNext(reading)) {
                return reading;
            }
            isFallback = true;
        }
        return reading;
    }

    /** The last error counts; SignatureExpired, BadPayload and Python's own exceptions end the search. */
    private static boolean triesTheNext(Reading reading) {
        return reading.detail() instanceof PythonError error
                && (error.className().equals("BadSignature")
                        || error.className().equals("BadTimeSignature"));
    }

    private Reading read() {
        var separator = signer.separator();
        if (separator.length() == 0) {
            return Reading.refused(Reason.MALFORMED);
        }
        int signedLength = signer.signedLength(text);
        if (signedLength < 0) {
            return Reading.refused(Reason.MALFORMED, PythonError.of("BadSignature", this::noSeparator));
        }
        int key = signer.lenientSigner(text, signedLength);
        int timeAt = format.isDated() ? separator.lastIn(text, signedLength) : -1;
        if (key < 0) {
            return timeAt < 0
                    ? Reading.refused(
                            Reason.SIGNATURE_MISMATCH,
                            PythonError.of("BadSignature", () -> mismatch(signedLength))
                                    .payload(first(signedLength)))
                    : unsigned(signedLength, timeAt);
        }
        if (!format.isDated()) {
            return payload(key, signedLength, signedLength, Reading.NO_TIME);
        }
        if (timeAt < 0) {
            return Reading.refused(Reason.DATE_MISSING, badTime(() -> "timestamp missing", signedLength));
        }
        var number = Timestamp.readLeniently(release, text, timeAt + separator.length(), signedLength);
        if (number == null) {
            return Reading.refused(Reason.DATE_MALFORMED, badTime(() -> "Malformed timestamp", timeAt));
        }
        long signedAt = Timestamp.seconds(format.settings().epoch(), number);
        if (signedAt == EpochSeconds.INVALID) {
            return Reading.refused(Reason.DATE_MALFORMED);
        }
        var reading = payload(key, signedLength, timeAt, signedAt);
        long age = now - signedAt;
        if (terms.outlived(age)) {
            var error = expired(age, '>', terms.lifetime(), timeAt, signedAt);
            return (reading.reason() == null ? reading.expired() : reading).detail(error);
        }
        if (age < earliestAge()) {
            return Reading.refused(Reason.FROM_THE_FUTURE, expired(age, '<', Duration.ZERO, timeAt, signedAt));
        }
        return reading;
    }

    /** A bad signature over a text that has a date: the error carries what can be read of it. */
    private Reading unsigned(int signedLength, int timeAt) {
        var error = badTime(() -> mismatch(signedLength), timeAt);
        var number = Timestamp.readLeniently(
                release, text, timeAt + signer.separator().length(), signedLength);
        if (number == null) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH, error);
        }
        if (!release.datesAreAware()) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH, error.timestamp(number));
        }
        long signedAt = Timestamp.seconds(format.settings().epoch(), number);
        if (signedAt != EpochSeconds.INVALID) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH, error.dateSigned(Instant.ofEpochSecond(signedAt)));
        }
        return Reading.refused(
                Reason.SIGNATURE_MISMATCH,
                release.namesDatesOutOfRange() ? badTime(() -> "Malformed timestamp", timeAt) : null);
    }

    private Reading payload(int key, int signedLength, int end, long signedAt) {
        var body = PythonBody.read(
                format.kind().body(), text, end, true, terms.limits().payloadLength());
        if (body.bytes() == null) {
            var message = body.message();
            return Reading.refused(body.reason(), message == null ? null : PythonError.of("BadPayload", () -> message));
        }
        var signing = signer.keys().get(key);
        return Reading.accepted(
                body.bytes(), signedAt, Reading.NO_TIME, signing, isFallback || key > 0, text, signedLength);
    }

    /** Below 2.0, and where no age is demanded, any date in the future is fine. */
    private long earliestAge() {
        var skew = terms.skew();
        if (skew != null) {
            return -skew.toSeconds();
        }
        return release.refusesTheFuture() && terms.lifetime() != null ? 0 : Long.MIN_VALUE;
    }

    private PythonError badTime(Supplier<String> message, int end) {
        return PythonError.of("BadTimeSignature", message).payload(first(end));
    }

    private PythonError expired(long age, char relation, @Nullable Duration bound, int end, long signedAt) {
        return PythonError.of(
                        "SignatureExpired",
                        () -> "Signature age " + age + ' ' + relation + ' '
                                + (bound == null ? "None" : Repr.ofSeconds(bound)) + " seconds")
                .payload(first(end))
                .dateSigned(Instant.ofEpochSecond(signedAt));
    }

    private String noSeparator() {
        var separator = signer.separator();
        var shown = separator.givenAsText() && release.showsSeparatorAsGiven()
                ? Repr.of(separator.toString())
                : Repr.of(separator.bytes());
        return "No " + shown + " found in value";
    }

    private String mismatch(int signedLength) {
        int from = signedLength + signer.separator().length();
        return "Signature " + Repr.of(Arrays.copyOfRange(text, from, text.length)) + " does not match";
    }

    private byte[] first(int end) {
        return Arrays.copyOf(text, end);
    }
}
