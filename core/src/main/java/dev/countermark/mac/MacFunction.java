package dev.countermark.mac;

/** A {@link MacAlgorithm} bound to a key. Immutable and safe for many threads. */
@FunctionalInterface
public interface MacFunction {

    /**
     * Authenticates {@code length} bytes of {@code data} from {@code offset}.
     *
     * @return a new array of the algorithm's length, the caller's to keep
     */
    byte[] compute(byte[] data, int offset, int length);

    /** Authenticates all of {@code data}. */
    default byte[] compute(byte[] data) {
        return compute(data, 0, data.length);
    }
}
