package dev.countermark.itsdangerous;

import dev.countermark.Detail;
import dev.countermark.Limits;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.TokenParts;
import dev.countermark.WireFormat;
import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.EpochSeconds;
import dev.countermark.jws.header.HeaderRules;
import dev.countermark.mac.KeyDerivation;
import dev.countermark.mac.MacFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JWS classes: {@code header . payload . signature}, the dates of the timed one in the header.
 *
 * <p>Written as Python writes it and, unless lenient, read as it was written. {@link PythonJwsReader} reads as Python
 * does, and knows what Python would have raised.
 *
 * <p>Source: itsdangerous 1.1.0, {@code jws.py}; 0.24, {@code itsdangerous.py}.
 */
final class PythonJwsFormat implements WireFormat {

    private static final byte DOT = '.';

    private final PythonJws settings;
    private final SignatureCheck signer;
    private final @Nullable Duration expiresIn;

    private PythonJwsFormat(PythonJws settings, @Nullable Duration expiresIn) {
        this.settings = settings;
        this.signer = signer(settings);
        this.expiresIn = expiresIn;
    }

    static PythonJwsFormat untimed(PythonJws settings) {
        return new PythonJwsFormat(settings, null);
    }

    static PythonJwsFormat timed(PythonJws settings, Duration expiresIn) {
        return new PythonJwsFormat(settings, expiresIn);
    }

    /** {@code jws.py}, {@code make_signer}: the serializer's signer settings do not count here. */
    private static SignatureCheck signer(PythonJws jws) {
        var settings = jws.settings();
        var salt = settings.salt();
        var mac = jws.algorithm().mac();
        var keys = settings.keys().newestFirst();
        var digest = settings.release().defaultDigest();
        var macs = keys.stream()
                .map(key -> salt == null
                        ? key.revealSecret()
                        : KeyDerivation.DJANGO_CONCAT.derive(digest, key.revealSecret(), salt))
                .map(mac::withKey)
                .toArray(MacFunction[]::new);
        return new SignatureCheck(Separator.DOT, keys, macs, Base64Url.encodedLength(mac.length()));
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        var header = settings.header();
        if (expiresIn != null) {
            long seconds = (lifetime == null ? expiresIn : lifetime).toSeconds();
            if (now < 0 || now > EpochSeconds.MAX || seconds < -now || seconds > EpochSeconds.MAX - now) {
                throw new IllegalArgumentException("the token's dates would lie outside the years 1970 to 9999");
            }
            header.put("iat", now).put("exp", now + seconds);
        } else if (lifetime != null) {
            throw new IllegalArgumentException("the untimed class has no expiry; choose the timed one");
        }
        var json = settings.settings().compactJson().encode(settings.ordered(header));
        var text = Base64Url.encode(json) + '.' + Base64Url.encode(payload);
        return new String(signer.signed(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var text = PythonFormat.bytesOrNull(token);
        return text == null ? Reading.refused(Reason.MALFORMED) : read(text, now, terms);
    }

    @Override
    public Reading read(byte[] text, long now, Terms terms) {
        if (text.length > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        if (isLenient()) {
            return PythonJwsReader.read(this, text, now, terms);
        }
        var reading = readStrictly(text, now, terms);
        return reading.reason() == null ? reading : reading.detail(new JwsReplay(this, text, now, terms));
    }

    private Reading readStrictly(byte[] text, long now, Terms terms) {
        int signedLength = signer.signedLength(text);
        int headerEnd = headerEnd(text, signedLength);
        if (headerEnd < 0) {
            return Reading.refused(Reason.MALFORMED);
        }
        if (HeaderRules.isTooLong(headerEnd)) {
            return Reading.refused(Reason.HEADER_MALFORMED);
        }
        int key = signer.signer(text, signedLength);
        if (key < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }

        var header = PythonJwsParts.header(text, headerEnd, false);
        if (!(header instanceof ObjectNode object)) {
            return Reading.refused(Reason.HEADER_MALFORMED);
        }
        var refused = wrongHeader(object);
        if (refused != null) {
            return Reading.refused(refused);
        }
        var dates = JwsDates.NONE;
        if (isTimed() || object.has("exp")) {
            dates = JwsDates.of(object);
            refused = isTimed() || settings.heedsExpiry() ? dates.refused(now, terms) : Reason.CLAIM_MISMATCH;
            if (refused != null) {
                return Reading.refused(refused);
            }
        }

        var payload = Base64Url.decodeOrNull(text, headerEnd + 1, signedLength);
        if (payload == null) {
            return Reading.refused(Reason.NOT_CANONICAL);
        }
        if (payload.length > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        var reading = accepted(payload, dates, key, text, signedLength, object);
        return dates.late(now, terms) ? reading.expired() : reading;
    }

    Reading accepted(byte[] payload, JwsDates dates, int key, byte[] text, int signedLength, ObjectNode header) {
        return Reading.accepted(
                        payload,
                        dates.issuedAt(),
                        dates.expiresAt(),
                        signer.keys().get(key),
                        key > 0,
                        text,
                        signedLength)
                .detail(new ReturnedHeader(header));
    }

    private @Nullable Reason wrongHeader(ObjectNode header) {
        var name = header.get("alg");
        if (name == null
                || !name.isString()
                || !name.stringValue().equals(settings.algorithm().name())) {
            return Reason.ALGORITHM_MISMATCH;
        }
        var keyId = header.get("kid");
        boolean wrong = HeaderRules.asksForMore(header) || keyId != null && !keyId.isString();
        return wrong ? Reason.HEADER_MALFORMED : null;
    }

    /** Where the first dot stands, if that is before the last one; else -1. */
    static int headerEnd(byte[] text, int signedLength) {
        for (int i = 0; i < signedLength; i++) {
            if (text[i] == DOT) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public @Nullable Detail payloadRefused(Reading reading) {
        return reading.reason() == Reason.EXPIRED
                ? reading.detail()
                : new PayloadReplay(settings.settings().release(), reading.payload());
    }

    @Override
    public @Nullable TokenParts parts(String token, Limits limits) {
        var text = token.length() > limits.tokenLength() ? null : PythonFormat.bytesOrNull(token);
        return text == null ? null : parts(text, limits);
    }

    @Override
    public @Nullable TokenParts parts(byte[] text, Limits limits) {
        int signedLength = text.length > limits.tokenLength() ? -1 : signer.signedLength(text);
        int headerEnd = headerEnd(text, signedLength);
        return headerEnd < 0 ? null : new PythonJwsParts(text, headerEnd, signedLength, isLenient(), limits);
    }

    /** What stands in front of the first dot, whoever wrote it; null if it is no header. */
    @Nullable
    JsonNode unverifiedHeader(String token) {
        var text = PythonFormat.bytesOrNull(token);
        return text == null ? null : PythonJwsParts.header(text, headerEnd(text, text.length), isLenient());
    }

    PythonJws settings() {
        return settings;
    }

    SignatureCheck signer() {
        return signer;
    }

    private boolean isLenient() {
        return settings.settings().lenient();
    }

    boolean isTimed() {
        return expiresIn != null;
    }

    @Override
    public String toString() {
        return "PythonJwsFormat[" + (isTimed() ? "timed, " : "") + settings + "]";
    }
}
