package dev.countermark.mac;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A {@link MacAlgorithm} bound to a key. Immutable and safe for many threads. */
@FunctionalInterface
public interface MacFunction {

    /**
     * Authenticates {@code length} bytes of {@code data} from {@code offset}.
     *
     * @return a new array of the algorithm's length, the caller's to keep
     */
    byte[] compute(byte[] data, int offset, int length);

    /**
     * As {@link #compute(byte[], int, int)}, writing the code into {@code target} from {@code at}.
     *
     * <p>The target may be {@code data} itself, beside the bytes that are authenticated.
     *
     * @throws ArrayIndexOutOfBoundsException if it does not fit
     */
    default void compute(byte[] data, int offset, int length, byte[] target, int at) {
        var code = compute(data, offset, length);
        System.arraycopy(code, 0, target, at, code.length);
    }

    /** Authenticates all of {@code data}. */
    default byte[] compute(byte[] data) {
        return compute(data, 0, data.length);
    }

    /**
     * Authenticates the first {@code length} characters of {@code text} in UTF-8, half a surrogate pair as {@code ?}, and
     * {@code tail} behind them. The functions of {@link Hmac} make no copy of all of them.
     */
    default TextCode compute(String text, int length, byte[] tail) {
        var head = text.substring(0, length);
        var bytes = head.getBytes(StandardCharsets.UTF_8);
        var all = Arrays.copyOf(bytes, bytes.length + tail.length);
        System.arraycopy(tail, 0, all, bytes.length, tail.length);
        return new TextCode(compute(all), bytes.length, new String(bytes, StandardCharsets.UTF_8).equals(head));
    }
}
