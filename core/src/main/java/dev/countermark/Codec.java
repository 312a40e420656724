package dev.countermark;

import java.util.Arrays;

/**
 * Turns values into bytes and back.
 *
 * <p>Implementations are immutable and safe for many threads.
 *
 * @param <T> type of the values; never null
 */
public interface Codec<T> {

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException if the value has no byte form
     */
    byte[] encode(T value);

    /**
     * Reads a value. Only bytes whose signature held come here.
     *
     * @param bytes the codec's to keep
     * @throws RuntimeException of any class if they are not the bytes of a value; the caller answers {@link
     *     Reason#PAYLOAD_MALFORMED}
     */
    T decode(byte[] bytes);

    /** As {@link #decode(byte[])}, for the first {@code length} bytes of an array that is not the codec's to keep. */
    default T decode(byte[] bytes, int length) {
        return decode(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }

    /** How these bytes stand in a token unless something else is asked for. */
    default Body body() {
        return Body.URL_SAFE;
    }

    /** Text as its UTF-8 bytes, standing in the token as it is. Lone surrogates and malformed UTF-8 are refused. */
    static Codec<String> text() {
        return TextCodec.INSTANCE;
    }

    /** Bytes as they are; in the token, URL-safe base64. */
    static Codec<byte[]> bytes() {
        return BytesCodec.INSTANCE;
    }
}
