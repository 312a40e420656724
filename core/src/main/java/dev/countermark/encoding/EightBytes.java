package dev.countermark.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array as one number, the first byte highest. */
final class EightBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private EightBytes() {}

    static long get(byte[] array, int at) {
        return (long) LONGS.get(array, at);
    }

    static void set(byte[] array, int at, long bytes) {
        LONGS.set(array, at, bytes);
    }
}
