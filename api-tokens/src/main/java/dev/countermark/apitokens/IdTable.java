package dev.countermark.apitokens;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongPredicate;

/**
 * A map from 128 random bits to 64 bits, for one writer and any number of readers without a lock.
 *
 * <p>Open addressing in one array of three words per slot, at most three quarters full and after growth half full: 32 to
 * 48 bytes per entry. A reader sees an entry whole or not at all: the writer publishes the first word last. A slot is
 * never emptied; {@link #keeping} makes a new table.
 */
final class IdTable {

    /** Answer for an id that is not in the table. */
    static final long ABSENT = Long.MIN_VALUE;

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int WORDS_PER_SLOT = 3;
    private static final int SMALLEST = 16;

    private volatile long[] words;
    private volatile int size;

    IdTable() {
        this(SMALLEST);
    }

    private IdTable(int slots) {
        this.words = new long[slots * WORDS_PER_SLOT];
    }

    /** The value of an id, or {@link #ABSENT}. */
    long get(long high, long low) {
        return get(words, high, low);
    }

    private static long get(long[] words, long high, long low) {
        int slots = words.length / WORDS_PER_SLOT;
        int slot = slot(high, slots);
        while (true) {
            int at = slot * WORDS_PER_SLOT;
            long found = (long) WORDS.getAcquire(words, at);
            if (found == 0) {
                return ABSENT;
            }
            if (found == high && words[at + 1] == low) {
                return (long) WORDS.getOpaque(words, at + 2);
            }
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
    }

    /** Whether no id begins so. */
    boolean lacks(long high) {
        var current = words;
        int slots = current.length / WORDS_PER_SLOT;
        int slot = slot(high, slots);
        while (true) {
            long found = (long) WORDS.getAcquire(current, slot * WORDS_PER_SLOT);
            if (found == 0 || found == high) {
                return found == 0;
            }
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
    }

    /** Ids are random, or hashed with a secret: their upper bits choose the slot. */
    private static int slot(long high, int slots) {
        return (int) ((high >>> 32) * slots >>> 32);
    }

    /** Adds or replaces. Not for two threads at once. */
    void put(long high, long low, long value) {
        if (high == 0 || value == ABSENT) {
            throw new IllegalArgumentException("zero and the smallest number mean absence");
        }
        int slots = words.length / WORDS_PER_SLOT;
        // Before, not after: without memory to grow, a table that fills up would be searched for ever.
        if (size >= slots / 4 * 3) {
            grow(words);
        }
        if (insert(words, high, low, value)) {
            int entries = size + 1;
            size = entries;
        }
    }

    private void grow(long[] current) {
        int slots = current.length / WORDS_PER_SLOT;
        var larger = new long[(slots + slots / 2) * WORDS_PER_SLOT];
        for (int at = 0; at < current.length; at += WORDS_PER_SLOT) {
            if (current[at] != 0) {
                insert(larger, current[at], current[at + 1], current[at + 2]);
            }
        }
        words = larger;
    }

    /** Whether the id was not there before. */
    private static boolean insert(long[] words, long high, long low, long value) {
        int slots = words.length / WORDS_PER_SLOT;
        int slot = slot(high, slots);
        while (true) {
            int at = slot * WORDS_PER_SLOT;
            if (words[at] == 0) {
                words[at + 1] = low;
                words[at + 2] = value;
                WORDS.setRelease(words, at, high);
                return true;
            }
            if (words[at] == high && words[at + 1] == low) {
                WORDS.setOpaque(words, at + 2, value);
                return false;
            }
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
    }

    /** A table of the entries whose value the condition keeps, or this when it keeps all. */
    IdTable keeping(LongPredicate keep) {
        var current = words;
        int kept = 0;
        for (int at = 0; at < current.length; at += WORDS_PER_SLOT) {
            if (current[at] != 0 && keep.test(current[at + 2])) {
                kept++;
            }
        }
        if (kept == size) {
            return this;
        }
        var rest = new IdTable(Math.max(SMALLEST, kept * 2));
        for (int at = 0; at < current.length; at += WORDS_PER_SLOT) {
            if (current[at] != 0 && keep.test(current[at + 2])) {
                rest.put(current[at], current[at + 1], current[at + 2]);
            }
        }
        return rest;
    }

    /** Calls for every entry. */
    void forEach(Entry entry) {
        var current = words;
        for (int at = 0; at < current.length; at += WORDS_PER_SLOT) {
            long high = (long) WORDS.getAcquire(current, at);
            if (high != 0) {
                entry.accept(high, current[at + 1], (long) WORDS.getOpaque(current, at + 2));
            }
        }
    }

    int size() {
        return size;
    }

    /** Bytes of its array. */
    long bytes() {
        return 16 + 8L * words.length;
    }

    /** What {@link #forEach} calls. */
    @FunctionalInterface
    interface Entry {
        void accept(long high, long low, long value);
    }
}
