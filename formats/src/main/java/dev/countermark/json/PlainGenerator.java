package dev.countermark.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.io.NumberOutput;

/**
 * Where Jackson writes a small value: one array, no pooled buffers, no stack of contexts, the same bytes.
 *
 * <p>It knows what records are mostly made of: members whose names are fixed, text, numbers, lists. Whatever else Jackson
 * asks for, and whatever {@link JsonReader} might refuse, makes the result void ({@link #bytesOrNull}), and the caller
 * starts again with a generator of Jackson's own.
 */
final class PlainGenerator extends NarrowGenerator {

    private static final int FIRST_SIZE = 128;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private byte[] json = new byte[FIRST_SIZE];
    private int length;
    private int depth;

    /** What was written, or null where something was asked for that is not known here. */
    byte @Nullable [] bytesOrNull() {
        return isVoid() ? null : Arrays.copyOf(json, length);
    }

    @Override
    public int streamWriteOutputBuffered() {
        return length;
    }

    private void room(int bytes) {
        if (json.length - length < bytes) {
            json = Arrays.copyOf(json, Math.max(json.length * 2, length + bytes));
        }
    }

    /** Puts a comma where a value or a name follows another; also makes room for one byte more. */
    private void separate() {
        room(2);
        if (length > 0) {
            byte last = json[length - 1];
            if (last != ':' && last != '{' && last != '[') {
                json[length++] = ',';
            }
        }
    }

    private JsonGenerator open(char bracket) {
        if (++depth > Dialect.DEPTH) {
            throw new StreamWriteException(this, "nested too deeply");
        }
        separate();
        json[length++] = (byte) bracket;
        return this;
    }

    private JsonGenerator close(char bracket) {
        depth--;
        room(1);
        json[length++] = (byte) bracket;
        return this;
    }

    private JsonGenerator word(String ascii) {
        separate();
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            json[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartObject() {
        return open('{');
    }

    @Override
    public JsonGenerator writeStartObject(Object value) {
        return open('{');
    }

    @Override
    public JsonGenerator writeStartObject(Object value, int size) {
        return open('{');
    }

    @Override
    public JsonGenerator writeEndObject() {
        return close('}');
    }

    @Override
    public JsonGenerator writeStartArray() {
        return open('[');
    }

    @Override
    public JsonGenerator writeStartArray(Object value) {
        return open('[');
    }

    @Override
    public JsonGenerator writeStartArray(Object value, int size) {
        return open('[');
    }

    @Override
    public JsonGenerator writeEndArray() {
        return close(']');
    }

    /** A name of a record's member: no two in one object are equal, unless one is unwrapped into another. */
    @Override
    public JsonGenerator writeName(SerializableString name) {
        var quoted = name.asQuotedUTF8();
        if (quoted.length > Dialect.NAME) {
            return unusual();
        }
        separate();
        room(quoted.length + 3);
        json[length++] = '"';
        System.arraycopy(quoted, 0, json, length, quoted.length);
        length += quoted.length;
        json[length++] = '"';
        json[length++] = ':';
        return this;
    }

    @Override
    public JsonGenerator writeString(@Nullable String text) {
        if (text == null) {
            return writeNull();
        }
        separate();
        room(text.length() + 2);
        json[length++] = '"';
        int i = 0;
        // What needs neither an escape nor a second byte fits without asking again.
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                break;
            }
            json[length++] = (byte) c;
        }
        for (; i < text.length(); i++) {
            room(8);
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return unusual();
                }
                fourBytes(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                character(c);
            }
        }
        room(1);
        json[length++] = '"';
        return this;
    }

    private void character(char c) {
        if (c >= 0x800) {
            json[length++] = (byte) (0xe0 | c >> 12);
            json[length++] = (byte) (0x80 | c >> 6 & 0x3f);
            json[length++] = (byte) (0x80 | c & 0x3f);
        } else if (c >= 0x80) {
            json[length++] = (byte) (0xc0 | c >> 6);
            json[length++] = (byte) (0x80 | c & 0x3f);
        } else if (c >= ' ' && c != '"' && c != '\\') {
            json[length++] = (byte) c;
        } else {
            escaped(c);
        }
    }

    private void fourBytes(int codePoint) {
        json[length++] = (byte) (0xf0 | codePoint >> 18);
        json[length++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        json[length++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        json[length++] = (byte) (0x80 | codePoint & 0x3f);
    }

    private void escaped(char c) {
        int letter = "\b\t\n\f\r\"\\".indexOf(c);
        json[length++] = '\\';
        if (letter >= 0) {
            json[length++] = (byte) "btnfr\"\\".charAt(letter);
        } else {
            json[length++] = 'u';
            json[length++] = '0';
            json[length++] = '0';
            json[length++] = HEX[c >> 4];
            json[length++] = HEX[c & 0xf];
        }
    }

    @Override
    public JsonGenerator writeNumber(int number) {
        return writeNumber((long) number);
    }

    @Override
    public JsonGenerator writeNumber(short number) {
        return writeNumber((long) number);
    }

    @Override
    public JsonGenerator writeNumber(long number) {
        separate();
        room(21);
        length = NumberOutput.outputLong(number, json, length);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        return Double.isFinite(number) ? word(NumberOutput.toString(number, true)) : unusual();
    }

    @Override
    public JsonGenerator writeNumber(BigInteger number) {
        var digits = number.toString();
        return digits.length() > Dialect.NUMBER ? unusual() : word(digits);
    }

    @Override
    public JsonGenerator writeBoolean(boolean value) {
        return word(value ? "true" : "false");
    }

    @Override
    public JsonGenerator writeNull() {
        return word("null");
    }
}
