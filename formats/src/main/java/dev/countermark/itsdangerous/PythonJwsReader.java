package dev.countermark.itsdangerous;

import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.encoding.EpochSeconds;
import dev.countermark.json.PythonJson;
import dev.countermark.json.UnreadableJsonException;
import dev.countermark.jws.header.HeaderRules;
import dev.countermark.python.LenientBase64;
import dev.countermark.python.Repr;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JWS tokens as a release reads them, step by step, with the errors that it raises: the lenient mode, and what a
 * refusal would have been in Python.
 *
 * <p>Where Python lets an exception of its own out, or accepts what we refuse (a date that is no integer of the years 1970
 * to 9999, a header of more than 4,096 bytes), the answer is a refusal without a {@link PythonError}.
 *
 * <p>Source: itsdangerous 1.1.0, {@code jws.py}; 0.24, {@code itsdangerous.py}.
 */
final class PythonJwsReader {

    private static final PythonJson JSON = PythonJson.standard().lenient();
    private static final PythonJson ANY_JSON = PythonJson.standard().unbounded();

    private static final BigInteger FIRST_OF_YEAR_1 = BigInteger.valueOf(-62_135_596_800L);
    private static final BigInteger LAST_OF_YEAR_9999 = BigInteger.valueOf(EpochSeconds.MAX);

    private final PythonJwsFormat format;
    private final ItsDangerous release;
    private final byte[] text;
    private final long now;
    private final Terms terms;

    private PythonJwsReader(PythonJwsFormat format, byte[] text, long now, Terms terms) {
        this.format = format;
        this.release = format.settings().settings().release();
        this.text = text;
        this.now = now;
        this.terms = terms;
    }

    static Reading read(PythonJwsFormat format, byte[] text, long now, Terms terms) {
        return new PythonJwsReader(format, text, now, terms).read();
    }

    private Reading read() {
        var signer = format.signer();
        int signedLength = signer.signedLength(text);
        if (signedLength < 0) {
            return refused(Reason.MALFORMED, "BadSignature", noSeparator());
        }
        int key = signer.lenientSigner(text, signedLength);
        if (key < 0) {
            return Reading.refused(
                    Reason.SIGNATURE_MISMATCH,
                    PythonError.of("BadSignature", () -> mismatch(signedLength))
                            .payload(Arrays.copyOf(text, signedLength)));
        }
        int headerEnd = PythonJwsFormat.headerEnd(text, signedLength);
        if (headerEnd < 0) {
            return refused(Reason.MALFORMED, "BadPayload", "No \".\" found in value");
        }
        if (HeaderRules.isTooLong(headerEnd)) {
            return Reading.refused(Reason.HEADER_MALFORMED);
        }
        var headerBytes = LenientBase64.urlSafeOrNull(text, 0, headerEnd);
        if (headerBytes == null) {
            return badHeader("Could not base64 decode the header because of an exception");
        }
        var payloadBytes = LenientBase64.urlSafeOrNull(text, headerEnd + 1, signedLength);
        if (payloadBytes == null) {
            return badPayload("Could not base64 decode the payload because of an exception");
        }
        if (payloadBytes.length > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        var header = json(headerBytes);
        if (header == null) {
            return isJson(headerBytes)
                    ? Reading.refused(Reason.HEADER_MALFORMED)
                    : badHeader("Could not unserialize header because it was malformed");
        }
        if (!(header instanceof ObjectNode object)) {
            return Reading.refused(
                    Reason.HEADER_MALFORMED,
                    PythonError.of("BadHeader", () -> "Header payload is not a JSON object")
                            .header(header));
        }
        var payload = json(payloadBytes);
        if (payload == null) {
            return isJson(payloadBytes) ? Reading.refused(Reason.PAYLOAD_MALFORMED) : badPayload(release.cannotLoad());
        }
        return read(object, payload, payloadBytes, key, signedLength);
    }

    private Reading read(ObjectNode header, JsonNode payload, byte[] payloadBytes, int key, int signedLength) {
        var name = header.get("alg");
        var algorithm = format.settings().algorithm().name();
        if (name == null || !name.isString() || !name.stringValue().equals(algorithm)) {
            return Reading.refused(
                    Reason.ALGORITHM_MISMATCH,
                    PythonError.of("BadHeader", () -> "Algorithm mismatch")
                            .header(header)
                            .payload(payload));
        }
        if (!format.isTimed()) {
            return format.accepted(payloadBytes, JwsDates.NONE, key, text, signedLength, header);
        }
        if (!header.has("exp")) {
            return Reading.refused(
                    Reason.EXPIRY_MISSING,
                    PythonError.of("BadSignature", () -> "Missing expiry date").payload(payload));
        }
        var dates = JwsDates.of(header);
        if (dates.expiresAt() == JwsDates.MALFORMED || !release.convertsExpiry() && dates.expiresAt() == 0) {
            return Reading.refused(Reason.EXPIRY_MALFORMED, expiryError(header, payload));
        }
        boolean late = dates.late(now, terms);
        if (dates.issuedAt() == JwsDates.MALFORMED) {
            return Reading.refused(Reason.DATE_MALFORMED, late ? expired(header, payload) : null);
        }
        if (dates.issuedAt() == Reading.NO_TIME && terms.lifetime() != null) {
            return Reading.refused(Reason.DATE_MISSING);
        }
        var reading = format.accepted(payloadBytes, dates, key, text, signedLength, header);
        return late ? reading.expired().detail(expired(header, payload)) : reading;
    }

    /** What Python makes of an {@code exp} that we do not take: its own error, or null where it accepts or breaks. */
    private @Nullable PythonError expiryError(ObjectNode header, JsonNode payload) {
        var node = header.get("exp");
        if (!release.convertsExpiry()) {
            return node.isNumber() && positive(node) || node.isBoolean() && node.booleanValue()
                    ? isPast(node) ? expired(header, payload) : null
                    : PythonError.of("BadSignature", () -> "expiry date is not an IntDate")
                            .payload(payload);
        }
        if (!node.isNumber() && !node.isBoolean() && !node.isString()
                || node.isFloatingPointNumber() && Double.isInfinite(node.doubleValue())) {
            return null;
        }
        var seconds = node.isString() ? PythonInt.ofOrNull(node.stringValue()) : truncated(node);
        if (seconds == null || seconds.signum() < 0) {
            return PythonError.of("BadHeader", () -> "Expiry date is not an IntDate")
                    .payload(payload);
        }
        return seconds.compareTo(BigInteger.valueOf(now)) < 0 ? expired(header, payload) : null;
    }

    private static boolean positive(JsonNode number) {
        return number.isIntegralNumber() ? number.bigIntegerValue().signum() > 0 : number.doubleValue() > 0;
    }

    private boolean isPast(JsonNode number) {
        return number.isFloatingPointNumber()
                ? number.doubleValue() < now
                : number.isBoolean() ? now > 1 : number.bigIntegerValue().compareTo(BigInteger.valueOf(now)) < 0;
    }

    /** Python's {@code int} of a number or boolean; null for NaN, and for infinities, where it breaks. */
    private static @Nullable BigInteger truncated(JsonNode number) {
        if (number.isBoolean()) {
            return number.booleanValue() ? BigInteger.ONE : BigInteger.ZERO;
        }
        if (number.isIntegralNumber()) {
            return number.bigIntegerValue();
        }
        double value = number.doubleValue();
        return Double.isNaN(value) || Double.isInfinite(value) ? null : new BigDecimal(value).toBigInteger();
    }

    /** {@code get_issue_date}: null where Python breaks on a number that is no date. */
    private @Nullable PythonError expired(ObjectNode header, JsonNode payload) {
        var error =
                PythonError.of("SignatureExpired", () -> "Signature expired").payload(payload);
        var node = header.get("iat");
        if (node == null || !node.isNumber() && !node.isBoolean()) {
            return error;
        }
        var seconds = truncated(node);
        if (seconds == null || seconds.compareTo(FIRST_OF_YEAR_1) < 0 || seconds.compareTo(LAST_OF_YEAR_9999) > 0) {
            return null;
        }
        return error.dateSigned(Instant.ofEpochSecond(seconds.longValueExact()));
    }

    private static @Nullable JsonNode json(byte[] bytes) {
        try {
            return JSON.decode(bytes);
        } catch (UnreadableJsonException e) {
            return null;
        }
    }

    /** Whether Python reads this; of a text nested too deeply for us it depends on Python's stack. */
    private static boolean isJson(byte[] bytes) {
        try {
            ANY_JSON.decode(bytes);
            return true;
        } catch (UnreadableJsonException e) {
            return e.fault() == UnreadableJsonException.Fault.DEPTH;
        }
    }

    private static Reading badHeader(String message) {
        return refused(Reason.HEADER_MALFORMED, "BadHeader", message);
    }

    private static Reading badPayload(String message) {
        return refused(Reason.PAYLOAD_MALFORMED, "BadPayload", message);
    }

    private static Reading refused(Reason reason, String className, String message) {
        return Reading.refused(reason, PythonError.of(className, () -> message));
    }

    private String noSeparator() {
        return release.showsSeparatorAsGiven() ? "No '.' found in value" : "No b'.' found in value";
    }

    private String mismatch(int signedLength) {
        return "Signature " + Repr.of(Arrays.copyOfRange(text, signedLength + 1, text.length)) + " does not match";
    }
}
