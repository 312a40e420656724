package dev.countermark.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * The tokens of a small JSON document that holds nothing unusual, in a row.
 *
 * <p>Usual are objects, arrays, words, integers of at most 18 digits, and text of printable ASCII without escapes. A
 * document with anything else, or with any fault, has no such row ({@link #ofOrNull}), and {@link JsonReader} reads it or
 * says what is wrong. What has one is JSON of {@link Dialect#STRICT}.
 */
final class PlainTokens {

    private static final int FIRST_SIZE = 8;
    private static final int MOST = 64;
    private static final int DEEPEST = 8;
    private static final int LONGEST_INTEGER = 18;

    private final byte[] json;
    private final int length;
    private int at;
    private JsonToken[] tokens = new JsonToken[FIRST_SIZE];
    private @Nullable Object[] values = new Object[FIRST_SIZE];
    private int count;

    private PlainTokens(byte[] json, int length) {
        this.json = json;
        this.length = length;
    }

    /** The tokens of the first {@code length} bytes, or null. */
    static @Nullable PlainTokens ofOrNull(byte[] json, int length) {
        var tokens = new PlainTokens(json, length);
        return tokens.value(0) && tokens.peek() == 0 && tokens.at == length ? tokens : null;
    }

    int count() {
        return count;
    }

    JsonToken token(int index) {
        return tokens[index];
    }

    /** Text of a name or a string, {@link Integer} or {@link Long} of a number, else null. */
    @Nullable
    Object value(JsonToken token, int index) {
        return tokens[index] == token ? values[index] : null;
    }

    private boolean add(JsonToken token, @Nullable Object value) {
        if (count == tokens.length) {
            if (count == MOST) {
                return false;
            }
            tokens = Arrays.copyOf(tokens, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        tokens[count] = token;
        values[count++] = value;
        return true;
    }

    /** Whether a value stands here and its tokens were added. */
    private boolean value(int depth) {
        int c = peek();
        return switch (c) {
            case '{' -> depth < DEEPEST && object(depth + 1);
            case '[' -> depth < DEEPEST && array(depth + 1);
            case '"' -> string(JsonToken.VALUE_STRING, Integer.MAX_VALUE);
            case 't' -> word("true", JsonToken.VALUE_TRUE);
            case 'f' -> word("false", JsonToken.VALUE_FALSE);
            case 'n' -> word("null", JsonToken.VALUE_NULL);
            default -> integer(c);
        };
    }

    private boolean object(int depth) {
        int start = count;
        at++;
        if (!add(JsonToken.START_OBJECT, null)) {
            return false;
        }
        if (peek() != '}') {
            do {
                boolean member = peek() == '"'
                        && string(JsonToken.PROPERTY_NAME, Dialect.NAME)
                        && isNew(start)
                        && skips(':')
                        && value(depth);
                if (!member) {
                    return false;
                }
            } while (skips(','));
        }
        return skips('}') && add(JsonToken.END_OBJECT, null);
    }

    /** Whether the name added last is the first of its kind in the object that begins at {@code start}. */
    private boolean isNew(int start) {
        int depth = 0;
        for (int i = start + 1; i < count - 1; i++) {
            switch (tokens[i]) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME -> {
                    if (depth == 0 && String.valueOf(values[i]).equals(values[count - 1])) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
    }

    private boolean array(int depth) {
        at++;
        if (!add(JsonToken.START_ARRAY, null)) {
            return false;
        }
        if (peek() != ']') {
            do {
                if (!value(depth)) {
                    return false;
                }
            } while (skips(','));
        }
        return skips(']') && add(JsonToken.END_ARRAY, null);
    }

    private boolean string(JsonToken token, int longest) {
        int start = at + 1;
        int i = start;
        while (i < length && json[i] >= ' ' && json[i] != '"' && json[i] != '\\') {
            i++;
        }
        if (i == length || json[i] != '"' || i - start > longest) {
            return false;
        }
        at = i + 1;
        return add(token, new String(json, start, i - start, StandardCharsets.ISO_8859_1));
    }

    private boolean word(String word, JsonToken token) {
        if (length - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (json[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return add(token, null);
    }

    private boolean integer(int first) {
        boolean negative = first == '-';
        int start = negative ? at + 1 : at;
        int i = start;
        long value = 0;
        while (i < length && i - start <= LONGEST_INTEGER && json[i] >= '0' && json[i] <= '9') {
            value = 10 * value + json[i++] - '0';
        }
        int digits = i - start;
        boolean wellFormed = digits > 0 && digits <= LONGEST_INTEGER && (digits == 1 || json[start] != '0');
        boolean whole = i == length || json[i] != '.' && (json[i] | 0x20) != 'e';
        if (!wellFormed || !whole) {
            return false;
        }
        at = i;
        long number = negative ? -value : value;
        boolean small = number == (int) number;
        return add(JsonToken.VALUE_NUMBER_INT, small ? (Object) (int) number : (Object) number);
    }

    private boolean skips(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    /** The next byte that is no white space, or at the end zero, which stands nowhere in JSON. */
    private int peek() {
        while (at < length) {
            byte b = json[at];
            if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
                return b;
            }
            at++;
        }
        return 0;
    }
}
