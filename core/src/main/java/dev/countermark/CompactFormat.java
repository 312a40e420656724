package dev.countermark;

import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.EpochSeconds;
import dev.countermark.mac.MacFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The format of our own: {@code body [~ expiry] [. time] . signature}.
 *
 * <p>Expiry and time are {@link EpochSeconds}; the signature is the URL-safe base64 of the {@link Scheme}'s code over
 * everything before the last separator. A dated token without an expiry is exactly what Python's
 * {@code TimestampSigner(key, salt=purpose, digest_method=sha256, key_derivation="hmac")} writes (itsdangerous 2.2.0,
 * {@code timed.py}).
 *
 * <p>A body in base64 cannot hold a separator or a tilde, so its three layouts share a key. A body of raw text can
 * look like any layout, so each has a key of its own, of the purpose and a suffix that no purpose has.
 */
final class CompactFormat implements WireFormat {

    static final char DEFAULT_SEPARATOR = '.';

    private static final byte EXPIRY_MARK = '~';

    private static final byte[] NOTHING = {};
    private static final String PLAIN_TEXT_SUFFIX = "\0plain";
    private static final String EXPIRING_TEXT_SUFFIX = "\0expiring";
    private static final String BOUND_SUFFIX = "\0bound";
    private static final String STATE_SUFFIX = "\0state";
    private static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);

    private final Keyring keyring;
    private final String purpose;
    private final Scheme scheme;
    private final Body body;
    private final boolean dated;
    private final byte separator;

    /** Keys of a token without a written expiry, and of one with; primary first. The same where they cannot be confused. */
    private final MacFunction[] lasting;

    private final MacFunction[] expiring;

    private CompactFormat(Keyring keyring, String purpose, Scheme scheme, Body body, boolean dated, byte separator) {
        this.keyring = keyring;
        this.purpose = purpose;
        this.scheme = scheme;
        this.body = body;
        this.dated = dated;
        this.separator = separator;
        boolean text = body == Body.TEXT;
        this.lasting = derive(text && !dated ? purpose + PLAIN_TEXT_SUFFIX : purpose);
        this.expiring = text ? derive(purpose + EXPIRING_TEXT_SUFFIX) : lasting;
    }

    static CompactFormat of(Keyring keyring, String purpose, Body body) {
        requirePurpose(purpose);
        Objects.requireNonNull(keyring, "keys").keys().forEach(CompactFormat::requireStrong);
        return new CompactFormat(keyring, purpose, Scheme.HMAC_SHA256, body, false, (byte) DEFAULT_SEPARATOR);
    }

    static void requirePurpose(String purpose) {
        if (Objects.requireNonNull(purpose, "purpose").isBlank()
                || purpose.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a purpose names one use of the keys, for instance \"download-link\"");
        }
        Codec.text().encode(purpose);
    }

    static void requireStrong(SigningKey key) {
        if (key.isWeak()) {
            throw new IllegalArgumentException(
                    "weak keys serve compatible formats only; make a good one with: countermark keygen");
        }
    }

    private MacFunction[] derive(String salt) {
        var bytes = salt.getBytes(StandardCharsets.UTF_8);
        return keyring.keys().stream()
                .map(key -> scheme.mac().withKey(scheme.derive(key, bytes)))
                .toArray(MacFunction[]::new);
    }

    CompactFormat scheme(Scheme scheme) {
        return new CompactFormat(keyring, purpose, scheme, body, dated, separator);
    }

    CompactFormat separator(char separator) {
        boolean printable = separator > ' ' && separator < 0x7f;
        if (!printable || isBase64(separator) || separator == EXPIRY_MARK || separator == '=') {
            throw new IllegalArgumentException("separator '" + separator
                    + "' can appear in a signature; choose one printable character outside A-Z a-z 0-9 - _ = ~");
        }
        return new CompactFormat(keyring, purpose, scheme, body, dated, (byte) separator);
    }

    /** The same format under keys of its own, for payloads that carry the tag of a {@link StateBinding}. */
    CompactFormat bound() {
        return purpose.endsWith(BOUND_SUFFIX)
                ? this
                : new CompactFormat(keyring, purpose + BOUND_SUFFIX, scheme, body, dated, separator);
    }

    /** What computes the tags of a {@link StateBinding}, one for each of {@link #keys}. */
    List<MacFunction> stateFunctions() {
        return List.of(derive(purpose + STATE_SUFFIX));
    }

    /** Keys that verify, the primary one first. */
    List<SigningKey> keys() {
        return keyring.keys();
    }

    private static boolean isBase64(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    @Override
    public CompactFormat dated() {
        return dated ? this : new CompactFormat(keyring, purpose, scheme, body, true, separator);
    }

    @Override
    public CompactFormat body(Body body) {
        return body == this.body ? this : new CompactFormat(keyring, purpose, scheme, body, dated, separator);
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        var value = TokenBody.write(body, payload);
        long expiry = lifetime == null ? 0 : expiry(now, lifetime);
        var text = new byte[value.length + tailLength(now, expiry)];
        System.arraycopy(value, 0, text, 0, value.length);
        int at = writeDates(now, expiry, text, value.length);
        signingKey(expiry).compute(text, 0, at, text, at + 1);
        text[at] = separator;
        Base64Url.encodeInPlace(text, at + 1, scheme.mac().length());
        return new String(text, body == Body.TEXT ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    /**
     * As {@link #write}, for a long text that is its own body and is never copied as bytes.
     *
     * @param limit most bytes of the text
     * @return null where {@link #write} has to say what is wrong with it, and in another {@link Body}
     */
    @Nullable
    String writeLarge(String value, long now, @Nullable Duration lifetime, int limit) {
        if (body != Body.TEXT || value.length() > limit) {
            return null;
        }
        long expiry = lifetime == null ? 0 : expiry(now, lifetime);
        var tail = new byte[tailLength(now, expiry)];
        int at = writeDates(now, expiry, tail, 0);
        var code = signingKey(expiry).compute(value, value.length(), Arrays.copyOf(tail, at));
        if (!code.exact() || code.bytes() > limit) {
            return null;
        }
        tail[at] = separator;
        Base64Url.encode(code.code(), tail, at + 1);
        return value.concat(new String(tail, StandardCharsets.ISO_8859_1));
    }

    /** Length of all that stands behind a body; no expiry is 0. */
    private int tailLength(long now, long expiry) {
        return (expiry == 0 ? 0 : 1 + EpochSeconds.encodedLength(expiry))
                + (dated ? 1 + EpochSeconds.encodedLength(now) : 0)
                + 1
                + Base64Url.encodedLength(scheme.mac().length());
    }

    private int writeDates(long now, long expiry, byte[] target, int at) {
        int end = at;
        if (expiry != 0) {
            target[end] = EXPIRY_MARK;
            end = EpochSeconds.encode(expiry, target, end + 1);
        }
        if (dated) {
            target[end] = separator;
            end = EpochSeconds.encode(now, target, end + 1);
        }
        return end;
    }

    private MacFunction signingKey(long expiry) {
        return (expiry == 0 ? lasting : expiring)[0];
    }

    private static long expiry(long now, Duration lifetime) {
        if (lifetime.toSeconds() > EpochSeconds.MAX) {
            throw new IllegalArgumentException("a written lifetime ends before the year 10000");
        }
        // Zero would stand for no expiry; like what is below, it cannot be written.
        return now + lifetime.toSeconds() == 0 ? -1 : now + lifetime.toSeconds();
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var large = LargeText.orNull(token);
        var text = (large == null ? token : large.tail()).getBytes(StandardCharsets.UTF_8);
        int signedLength = signedLength(text);
        if (signedLength < 0) {
            return Reading.refused(Reason.MALFORMED);
        }
        int timeAt = dated ? lastIndexOf(separator, text, signedLength) : signedLength;
        int expiryAt = timeAt < 0 ? -1 : expiryMark(text, timeAt);

        int signer = expiryAt < 0 ? -1 : signer(expiring, text, signedLength, large);
        if (signer < 0 && (expiryAt < 0 || body == Body.TEXT)) {
            signer = signer(lasting, text, signedLength, large);
            expiryAt = -1;
        }
        if (signer < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }

        if (timeAt < 0) {
            return Reading.refused(Reason.DATE_MISSING);
        }
        long issuedAt = Reading.NO_TIME;
        long expiresAt = Reading.NO_TIME;
        if (dated) {
            issuedAt = EpochSeconds.decode(text, timeAt + 1, signedLength);
            if (issuedAt == EpochSeconds.INVALID) {
                return Reading.refused(Reason.DATE_MALFORMED);
            }
            if (issuedAt - skewSeconds(terms) > now) {
                return Reading.refused(Reason.FROM_THE_FUTURE);
            }
        }
        int bodyEnd = timeAt;
        if (expiryAt >= 0) {
            expiresAt = EpochSeconds.decode(text, expiryAt + 1, timeAt);
            if (expiresAt == EpochSeconds.INVALID || expiresAt < issuedAt) {
                return Reading.refused(Reason.EXPIRY_MALFORMED);
            }
            bodyEnd = expiryAt;
        }
        boolean late = dated && terms.outlived(now - issuedAt) || expiryAt >= 0 && terms.passed(expiresAt, now);

        Reading reading;
        if (large == null) {
            reading = body == Body.TEXT
                    ? textReading(token, text, bodyEnd, issuedAt, expiresAt, signer, signedLength, terms)
                    : encodedReading(text, bodyEnd, issuedAt, expiresAt, signer, signedLength, terms);
        } else if (body == Body.TEXT) {
            int behind = text.length - bodyEnd;
            reading =
                    largeReading(token, large, behind, text.length - signedLength, issuedAt, expiresAt, signer, terms);
        } else {
            var whole = token.getBytes(StandardCharsets.UTF_8);
            int before = whole.length - text.length;
            reading =
                    encodedReading(whole, before + bodyEnd, issuedAt, expiresAt, signer, before + signedLength, terms);
        }
        return late && reading.reason() == null ? reading.expired() : reading;
    }

    private Reading textReading(
            String token, byte[] text, int end, long issued, long expires, int signer, int signed, Terms terms) {
        if (!StrictUtf8.isFormOf(text, 0, end, token)) {
            return Reading.refused(Reason.NOT_CANONICAL);
        }
        if (end > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        return Reading.acceptedInPlace(end, issued, expires, key(signer), signer > 0, text, signed);
    }

    /**
     * @param behind number of characters behind the body, all of them ASCII
     * @param unsigned how many of them are not signed
     */
    private Reading largeReading(
            String token,
            LargeText large,
            int behind,
            int unsigned,
            long issued,
            long expires,
            int signer,
            Terms terms) {
        if (!large.exact()) {
            return Reading.refused(Reason.NOT_CANONICAL);
        }
        long payload = large.bytes() - (behind - unsigned);
        if (payload > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        return new LargeReading(
                token,
                large.start(behind),
                Reading.acceptedInPlace(
                        (int) payload, issued, expires, key(signer), signer > 0, NOTHING, (int) large.bytes()));
    }

    private Reading encodedReading(
            byte[] text, int end, long issued, long expires, int signer, int signed, Terms terms) {
        var payload = TokenBody.read(body, text, end, terms.limits().payloadLength());
        return payload.refused() != null
                ? Reading.refused(payload.refused())
                : Reading.accepted(payload.bytes(), issued, expires, key(signer), signer > 0, text, signed);
    }

    private SigningKey key(int signer) {
        return keyring.keys().get(signer);
    }

    /** Number of bytes before the last separator, or -1 where what follows is not as long as a signature. */
    private int signedLength(byte[] text) {
        int length = text.length - 1 - Base64Url.encodedLength(scheme.mac().length());
        return length >= 0 && text[length] == separator ? length : -1;
    }

    private static int lastIndexOf(byte wanted, byte[] text, int before) {
        int i = before - 1;
        while (i >= 0 && text[i] != wanted) {
            i--;
        }
        return i;
    }

    /** Where the mark of a written expiry stands before {@code end}, or -1. */
    private static int expiryMark(byte[] text, int end) {
        int first = Math.max(0, end - 1 - EpochSeconds.LONGEST);
        for (int i = end - 1; i >= first; i--) {
            if (text[i] == EXPIRY_MARK) {
                return isBase64(text, i + 1, end) ? i : -1;
            }
        }
        return -1;
    }

    private static boolean isBase64(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isBase64(text[i])) {
                return false;
            }
        }
        return true;
    }

    /** Index of the key that signed, or -1. Tries all of them, so that the time tells nothing. */
    private static int signer(MacFunction[] keys, byte[] text, int signedLength, @Nullable LargeText large) {
        int signer = -1;
        for (int i = keys.length - 1; i >= 0; i--) {
            var code = large == null
                    ? keys[i].compute(text, 0, signedLength)
                    : large.code(keys[i], text.length - signedLength);
            int mask = Base64Url.maskOfText(code, text, signedLength + 1, text.length);
            signer = signer & ~mask | i & mask;
        }
        return signer;
    }

    private static long skewSeconds(Terms terms) {
        return (terms.skew() == null ? DEFAULT_SKEW : terms.skew()).toSeconds();
    }

    @Override
    public @Nullable TokenParts parts(String token, Limits limits) {
        if (token.length() > limits.tokenLength()) {
            return null;
        }
        var text = token.getBytes(StandardCharsets.UTF_8);
        int signedLength = signedLength(text);
        int timeAt = dated ? lastIndexOf(separator, text, signedLength) : signedLength;
        if (signedLength < 0 || timeAt < 0) {
            return null;
        }
        int expiryAt = expiryMark(text, timeAt);
        long issuedAt = dated ? EpochSeconds.decode(text, timeAt + 1, signedLength) : EpochSeconds.INVALID;
        long expiresAt = expiryAt < 0 ? EpochSeconds.INVALID : EpochSeconds.decode(text, expiryAt + 1, timeAt);
        return new Parts(body, text, expiryAt < 0 ? timeAt : expiryAt, issuedAt, expiresAt, limits);
    }

    private record Parts(Body body, byte[] text, int bodyEnd, long issued, long expires, Limits limits)
            implements TokenParts {

        @Override
        public byte @Nullable [] payload() {
            return TokenBody.read(body, text, bodyEnd, limits.payloadLength()).bytesOrNull();
        }

        @Override
        public long issuedAt() {
            return issued == EpochSeconds.INVALID ? Reading.NO_TIME : issued;
        }

        @Override
        public long expiresAt() {
            return expires == EpochSeconds.INVALID ? Reading.NO_TIME : expires;
        }
    }

    @Override
    public String toString() {
        return "CompactFormat[purpose=" + purpose.replace('\0', '+') + ", body=" + body + ", dated=" + dated + ", keys="
                + List.copyOf(keyring.keys()) + "]";
    }
}
