package dev.countermark.itsdangerous;

import dev.countermark.Codec;
import dev.countermark.Detail;
import dev.countermark.Limits;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.TokenParts;
import dev.countermark.WireFormat;
import dev.countermark.encoding.EpochSeconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The six classes of one release: {@code body [sep time] sep signature}.
 *
 * <p>Written as Python writes it and, unless lenient, read as it was written. {@link PythonReader} reads as Python does,
 * and knows what Python would have raised.
 *
 * <p>Source: itsdangerous 2.2.0, {@code signer.py}, {@code timed.py}, {@code serializer.py}; 0.24, {@code itsdangerous.py}.
 */
final class PythonFormat implements WireFormat {

    private final PythonSettings settings;
    private final Kind kind;
    private final boolean dated;

    /** The one that writes, then the fallbacks, in Python's order. */
    private final List<SignatureCheck> signers;

    private PythonFormat(PythonSettings settings, Kind kind, boolean dated, List<SignatureCheck> signers) {
        this.settings = settings;
        this.kind = kind;
        this.dated = dated;
        this.signers = signers;
    }

    static PythonFormat of(PythonSettings settings, Kind kind, List<FallbackSigner> fallbacks) {
        var signers = new ArrayList<SignatureCheck>();
        signers.add(SignatureCheck.of(settings, kind));
        // serializer.py, iter_unsigners: each fallback with each key alone.
        for (var fallback : fallbacks) {
            for (var key : settings.keys().newestFirst()) {
                signers.add(SignatureCheck.of(fallback.settings(settings).with(PythonKeys.oldestFirst(key)), kind));
            }
        }
        return new PythonFormat(settings, kind, false, List.copyOf(signers));
    }

    @Override
    public PythonFormat dated() {
        return dated ? this : new PythonFormat(settings, kind, true, signers);
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        var text = writeBytes(payload, now, lifetime);
        try {
            return Codec.text().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this value is not text, so its token has none; use signToBytes", e);
        }
    }

    @Override
    public byte[] writeBytes(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("itsdangerous writes no expiry; give the lifetime when reading");
        }
        var signer = signers.get(0);
        var body = PythonBody.write(kind.body(), payload);
        if (!dated) {
            return signer.signed(body);
        }
        var separator = signer.separator().bytes();
        var time = Timestamp.write(settings.release(), now);
        var text = Arrays.copyOf(body, body.length + separator.length + time.length);
        System.arraycopy(separator, 0, text, body.length, separator.length);
        System.arraycopy(time, 0, text, body.length + separator.length, time.length);
        return signer.signed(text);
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var text = bytesOrNull(token);
        return text == null ? Reading.refused(Reason.MALFORMED) : read(text, now, terms);
    }

    /** The UTF-8 of a text; null for one that has none, which Python would not have written. */
    static byte @Nullable [] bytesOrNull(String token) {
        try {
            return Codec.text().encode(token);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public Reading read(byte[] text, long now, Terms terms) {
        if (text.length > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        if (settings.lenient()) {
            return PythonReader.read(this, text, now, terms);
        }
        // One signer after the other, as in Python: each may split the text elsewhere, and what follows the first good
        // signature decides. Which of them it was shows in the time; which key of one signer it was does not.
        var reading = read(signers.get(0), false, text, now, terms);
        for (int i = 1; i < signers.size() && isUnsigned(reading); i++) {
            reading = read(signers.get(i), true, text, now, terms);
        }
        return reading.reason() == null ? reading : reading.detail(new Replay(this, text, now, terms));
    }

    private static boolean isUnsigned(Reading reading) {
        return reading.reason() == Reason.MALFORMED || reading.reason() == Reason.SIGNATURE_MISMATCH;
    }

    private Reading read(SignatureCheck signer, boolean isFallback, byte[] text, long now, Terms terms) {
        int signedLength = signer.signedLength(text);
        if (signedLength < 0) {
            return Reading.refused(Reason.MALFORMED);
        }

        int key = signer.signer(text, signedLength);
        if (key < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }

        int bodyEnd = signedLength;
        long signedAt = Reading.NO_TIME;
        if (dated) {
            bodyEnd = signer.separator().lastIn(text, signedLength);
            if (bodyEnd < 0) {
                return Reading.refused(Reason.DATE_MISSING);
            }
            signedAt = Timestamp.read(
                    settings.epoch(), text, bodyEnd + signer.separator().length(), signedLength);
            if (signedAt == EpochSeconds.INVALID) {
                return Reading.refused(Reason.DATE_MALFORMED);
            }
            if (signedAt - skewSeconds(terms) > now) {
                return Reading.refused(Reason.FROM_THE_FUTURE);
            }
        }
        boolean late = dated && terms.outlived(now - signedAt);

        var body = PythonBody.read(
                kind.body(), text, bodyEnd, false, terms.limits().payloadLength());
        if (body.bytes() == null) {
            return Reading.refused(body.reason());
        }
        var reading = Reading.accepted(
                body.bytes(),
                signedAt,
                Reading.NO_TIME,
                signer.keys().get(key),
                isFallback || key > 0,
                text,
                signedLength);
        return late ? reading.expired() : reading;
    }

    private static long skewSeconds(Terms terms) {
        var skew = terms.skew();
        return skew == null ? 0 : skew.toSeconds();
    }

    @Override
    public @Nullable Detail payloadRefused(Reading reading) {
        if (reading.reason() == Reason.EXPIRED || kind == Kind.SIGNER) {
            return reading.detail();
        }
        return new PayloadReplay(settings.release(), reading.payload());
    }

    @Override
    public @Nullable TokenParts parts(String token, Limits limits) {
        var text = token.length() > limits.tokenLength() ? null : bytesOrNull(token);
        return text == null ? null : parts(text, limits);
    }

    /** As {@code loads_unsafe} finds them: where several signers are tried, by the last one. */
    @Override
    public @Nullable TokenParts parts(byte[] text, Limits limits) {
        var separator = signers.get(signers.size() - 1).separator();
        int signedLength = text.length > limits.tokenLength() ? -1 : separator.lastIn(text, text.length);
        if (signedLength < 0) {
            return null;
        }
        int timeAt = dated ? separator.lastIn(text, signedLength) : -1;
        int bodyEnd = timeAt < 0 ? signedLength : timeAt;
        return new Parts(this, text, bodyEnd, timeAt < 0 ? -1 : timeAt + separator.length(), signedLength, limits);
    }

    private record Parts(PythonFormat format, byte[] text, int bodyEnd, int timeAt, int signedLength, Limits limits)
            implements TokenParts {

        @Override
        public byte @Nullable [] payload() {
            var body = PythonBody.read(
                    format.kind.body(), text, bodyEnd, format.settings.lenient(), limits.payloadLength());
            return body.bytes();
        }

        @Override
        public long issuedAt() {
            long seconds = timeAt < 0
                    ? EpochSeconds.INVALID
                    : Timestamp.read(format.settings.epoch(), text, timeAt, signedLength);
            return seconds == EpochSeconds.INVALID ? Reading.NO_TIME : seconds;
        }

        @Override
        public long expiresAt() {
            return Reading.NO_TIME;
        }
    }

    PythonSettings settings() {
        return settings;
    }

    Kind kind() {
        return kind;
    }

    boolean isDated() {
        return dated;
    }

    List<SignatureCheck> signers() {
        return signers;
    }

    @Override
    public String toString() {
        return "PythonFormat[" + kind + (dated ? ", dated, " : ", ") + settings + "]";
    }
}
