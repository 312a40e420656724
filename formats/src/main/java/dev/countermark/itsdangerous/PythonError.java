package dev.countermark.itsdangerous;

import dev.countermark.Detail;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Python would have raised: class, message, payload and date, for those who port code.
 *
 * <pre>{@code
 * verdict.detail(PythonError.class).map(PythonError::message)    // Signature age 18 > 0 seconds
 * }</pre>
 *
 * <p>There is none for what Python would have accepted and we refuse, nor where an exception of Python itself would have
 * come out. Message and payload hold what the sender wrote, signed or not: never show them to a client, never log them.
 *
 * <p>Source: itsdangerous 2.2.0, {@code exc.py}. Made only when asked for. Immutable.
 */
public final class PythonError implements Detail {

    private final String className;
    private final Supplier<String> message;
    private final byte @Nullable [] payload;
    private final @Nullable JsonNode payloadJson;
    private final @Nullable JsonNode header;
    private final @Nullable Instant dateSigned;
    private final @Nullable BigInteger timestamp;

    private PythonError(
            String className,
            Supplier<String> message,
            byte @Nullable [] payload,
            @Nullable JsonNode payloadJson,
            @Nullable JsonNode header,
            @Nullable Instant dateSigned,
            @Nullable BigInteger timestamp) {
        this.className = className;
        this.message = message;
        this.payload = payload;
        this.payloadJson = payloadJson;
        this.header = header;
        this.dateSigned = dateSigned;
        this.timestamp = timestamp;
    }

    /**
     * An error without payload and date.
     *
     * @param className for instance {@code BadSignature}
     * @param message asked for when somebody asks here
     */
    public static PythonError of(String className, Supplier<String> message) {
        return new PythonError(className, message, null, null, null, null, null);
    }

    /** The same error with the bytes that it carries. */
    public PythonError payload(byte[] payload) {
        return new PythonError(className, message, payload.clone(), null, header, dateSigned, timestamp);
    }

    /** The same error with the value that it carries, as the JWS classes do. */
    public PythonError payload(JsonNode payload) {
        return new PythonError(className, message, null, payload, header, dateSigned, timestamp);
    }

    /** The same error with a header. */
    public PythonError header(JsonNode header) {
        return new PythonError(className, message, payload, payloadJson, header, dateSigned, timestamp);
    }

    /** The same error with a date. */
    public PythonError dateSigned(Instant dateSigned) {
        return new PythonError(className, message, payload, payloadJson, header, dateSigned, null);
    }

    /** The same error with the bare number that releases before 2.0 give in place of a date. */
    public PythonError timestamp(BigInteger timestamp) {
        return new PythonError(className, message, payload, payloadJson, header, null, timestamp);
    }

    /** Name of the exception's class: {@code BadSignature}, {@code SignatureExpired}, {@code BadPayload} and so on. */
    public String className() {
        return className;
    }

    /** Text of the exception, as its release words it on Python 3. */
    public String message() {
        return message.get();
    }

    /** Bytes that the exception carries as {@code payload}: unverified, except under {@code SignatureExpired}. */
    public Optional<byte[]> payload() {
        return Optional.ofNullable(payload).map(byte[]::clone);
    }

    /** The decoded value that exceptions of the JWS classes carry as {@code payload}. */
    public Optional<JsonNode> payloadJson() {
        return Optional.ofNullable(payloadJson);
    }

    /** The header that a {@code BadHeader} carries. */
    public Optional<JsonNode> header() {
        return Optional.ofNullable(header);
    }

    /** {@code date_signed}, where it is a date: unverified, except under {@code SignatureExpired}. */
    public Optional<Instant> dateSigned() {
        return Optional.ofNullable(dateSigned);
    }

    /** {@code date_signed}, where releases before 2.0 give a bare number: what stands in the token, in its own epoch. */
    public Optional<BigInteger> timestamp() {
        return Optional.ofNullable(timestamp);
    }

    /** The class only. */
    @Override
    public String toString() {
        return "PythonError[" + className + "]";
    }
}
