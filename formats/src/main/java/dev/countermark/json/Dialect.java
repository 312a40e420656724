package dev.countermark.json;

/** What a reader takes for JSON, and a writer may write. */
enum Dialect {
    /** RFC 8259 with distinct names, well-formed text, and numbers within the range of a double. */
    STRICT(false, false),
    /** What Python's {@code json} reads and writes, within our limits. */
    LENIENT(true, false),
    /** What Python's {@code json} reads and writes, within Python's limits; the nesting stays ours. */
    PYTHON(true, true);

    /** Arrays and objects, one in another. */
    static final int DEPTH = 100;

    /** Longest number, in digits. */
    static final int NUMBER = 1_000;
    /** Longest name, in characters. */
    static final int NAME = 1_024;
    /** {@code sys.get_int_max_str_digits()} of CPython 3.11 and later. */
    private static final int PYTHON_INTEGER = 4_300;

    /** NaN, infinities, repeated names and lone surrogates belong to the language. */
    final boolean python;

    private final boolean unbounded;

    Dialect(boolean python, boolean unbounded) {
        this.python = python;
        this.unbounded = unbounded;
    }

    int longestName() {
        return unbounded ? Integer.MAX_VALUE : NAME;
    }

    int longestInteger() {
        return unbounded ? PYTHON_INTEGER : NUMBER;
    }

    int longestFloat() {
        return unbounded ? Integer.MAX_VALUE : NUMBER;
    }

    /** Whether a number beyond the range of a double is read as an infinity. */
    boolean overflows() {
        return unbounded;
    }
}
