package dev.countermark.json;

import dev.countermark.Codec;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSON with exactly the bytes of Python's {@code json.dumps}, read as {@code json.loads} reads it.
 *
 * <p>Separators, escapes, the digits of floats on every JDK, integers of any size, the order of members: the same, on
 * CPython 3.9 to 3.14. Within a language that all programs share: NaN, infinities, repeated names and lone surrogates are
 * refused both ways unless {@link #lenient}. Nesting is at most 100 deep, a number 1,000 characters, a name 1,024.
 *
 * <p>Immutable and safe for many threads. Source: CPython 3.11, {@code Lib/json} and {@code Modules/_json.c}.
 */
public final class PythonJson implements Codec<JsonNode> {

    private static final PythonJson STANDARD = new PythonJson(", ", ": ", true, false, Dialect.STRICT);

    private final String betweenItems;
    private final String betweenNameAndValue;
    private final boolean ascii;
    private final boolean sorted;
    private final Dialect dialect;

    private PythonJson(
            String betweenItems, String betweenNameAndValue, boolean ascii, boolean sorted, Dialect dialect) {
        this.betweenItems = betweenItems;
        this.betweenNameAndValue = betweenNameAndValue;
        this.ascii = ascii;
        this.sorted = sorted;
        this.dialect = dialect;
    }

    /** What {@code json.dumps(value)} writes: {@code {"id": "caf\u005cu00e9", "n": [1, 2.0]}}. */
    public static PythonJson standard() {
        return STANDARD;
    }

    /** Without spaces: {@code separators=(",", ":")}. */
    public PythonJson compact() {
        return new PythonJson(",", ":", ascii, sorted, dialect);
    }

    /** With other separators: {@code separators=(betweenItems, betweenNameAndValue)}. */
    public PythonJson separators(String betweenItems, String betweenNameAndValue) {
        return new PythonJson(betweenItems, betweenNameAndValue, ascii, sorted, dialect);
    }

    /** With characters beyond ASCII as they are, in UTF-8: {@code ensure_ascii=False}. */
    public PythonJson unescaped() {
        return new PythonJson(betweenItems, betweenNameAndValue, false, sorted, dialect);
    }

    /** With the members of every object in the order of their names, by code point: {@code sort_keys=True}. */
    public PythonJson sortedKeys() {
        return new PythonJson(betweenItems, betweenNameAndValue, ascii, true, dialect);
    }

    /**
     * With what Python takes for JSON beyond the standard: {@code NaN}, {@code Infinity}, {@code -Infinity}, lone
     * surrogates, and repeated names, of which the last value counts, at the place of the first.
     */
    public PythonJson lenient() {
        return new PythonJson(betweenItems, betweenNameAndValue, ascii, sorted, Dialect.LENIENT);
    }

    /**
     * {@link #lenient}, with Python's limits for ours: integers of 4,300 digits, names of any length, and floats of any
     * length, read as infinities when they are too large. Nesting is still at most 100 deep.
     */
    public PythonJson unbounded() {
        return new PythonJson(betweenItems, betweenNameAndValue, ascii, sorted, Dialect.PYTHON);
    }

    /**
     * Writes a tree.
     *
     * @throws IllegalArgumentException if Python's {@code json} has no form for it: binary, decimal and foreign nodes, and
     *     what only a {@link #lenient} codec writes
     */
    @Override
    public byte[] encode(JsonNode value) {
        return Unicode.bytes(dumps(value));
    }

    /**
     * Reads a tree. Integers become int, long or BigInteger nodes, whichever is the first to hold them; every other number
     * a double node.
     *
     * @throws UnreadableJsonException if the bytes are not UTF-8, not JSON, or beyond the limits
     */
    @Override
    public JsonNode decode(byte[] bytes) {
        return loads(Unicode.text(bytes));
    }

    /**
     * Writes null, a {@link Boolean}, {@link String}, {@link Integer}, {@link Long}, {@link BigInteger}, {@link Double},
     * {@link List}, {@link Map} or {@link JsonNode}, whatever it holds being the same. Keys that are numbers, booleans or
     * null become text as in Python.
     *
     * @return the text; it holds lone surrogates only where the value does and nothing is escaped
     * @throws IllegalArgumentException if Python raises {@code TypeError} or {@code ValueError}: another type, keys of
     *     several types where they are to be sorted, or what only a {@link #lenient} codec writes
     */
    public String dumps(@Nullable Object value) {
        return new PythonWriter(betweenItems, betweenNameAndValue, ascii, sorted, dialect).write(value);
    }

    /**
     * Reads one JSON text, as {@link #decode} does.
     *
     * @throws UnreadableJsonException if it is not JSON, or beyond the limits
     */
    public JsonNode loads(String text) {
        return JsonReader.read(text, dialect);
    }
}
