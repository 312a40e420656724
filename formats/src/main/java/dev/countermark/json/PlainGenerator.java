package dev.countermark.json;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TreeNode;
import tools.jackson.core.Version;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.core.util.JacksonFeatureSet;

/**
 * Where Jackson writes a small value: one array, no pooled buffers, no stack of contexts, the same bytes.
 *
 * <p>It knows what records are mostly made of: members whose names are fixed, text, numbers, lists. Whatever else Jackson
 * asks for, and whatever {@link JsonReader} might refuse, makes the result void ({@link #bytesOrNull}), and the caller
 * starts again with a generator of Jackson's own. Long because the interface is.
 */
final class PlainGenerator extends JsonGenerator {

    private static final int FIRST_SIZE = 128;
    private static final int LONGEST_NAME = 1_024;
    private static final int LONGEST_NUMBER = 1_000;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final JacksonFeatureSet<StreamWriteCapability> CAPABILITIES = JacksonFeatureSet.fromBitmask(0);

    private byte[] json = new byte[FIRST_SIZE];
    private int length;
    private int depth;
    private boolean unusual;

    /** What was written, or null where something was asked for that is not known here. */
    byte @Nullable [] bytesOrNull() {
        return unusual ? null : Arrays.copyOf(json, length);
    }

    private JsonGenerator unusual() {
        unusual = true;
        return this;
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
        if (quoted.length > LONGEST_NAME) {
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

    /** A key of a map: two may have one text. */
    @Override
    public JsonGenerator writeName(String name) {
        return unusual();
    }

    /** Called where one record is unwrapped into another. */
    @Override
    public void assignCurrentValue(@Nullable Object value) {
        unusual();
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
        return digits.length() > LONGEST_NUMBER ? unusual() : word(digits);
    }

    @Override
    public JsonGenerator writeBoolean(boolean value) {
        return word(value ? "true" : "false");
    }

    @Override
    public JsonGenerator writeNull() {
        return word("null");
    }

    // What follows is not known here.

    @Override
    public JsonGenerator writePropertyId(long id) {
        return unusual();
    }

    @Override
    public JsonGenerator writeString(Reader reader, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeString(SerializableString text) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRawUTF8String(byte[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeUTF8String(byte[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRaw(String text) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRaw(String text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRaw(char[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRaw(char c) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRawValue(String text) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRawValue(String text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRawValue(char[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] bytes, int offset, int size) {
        return unusual();
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream bytes, int size) {
        unusual();
        return 0;
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        return unusual();
    }

    @Override
    public JsonGenerator writeNumber(BigDecimal number) {
        return unusual();
    }

    @Override
    public JsonGenerator writeNumber(String number) {
        return unusual();
    }

    @Override
    public JsonGenerator writePOJO(Object value) {
        return unusual();
    }

    @Override
    public JsonGenerator writeTree(TreeNode node) {
        return unusual();
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable TokenStreamContext streamWriteContext() {
        return null;
    }

    @Override
    public ObjectWriteContext objectWriteContext() {
        return ObjectWriteContext.empty();
    }

    @Override
    public @Nullable Object streamWriteOutputTarget() {
        return null;
    }

    @Override
    public int streamWriteOutputBuffered() {
        return length;
    }

    @Override
    public @Nullable Object currentValue() {
        return null;
    }

    @Override
    public JsonGenerator configure(StreamWriteFeature feature, boolean on) {
        return unusual();
    }

    @Override
    public boolean isEnabled(StreamWriteFeature feature) {
        return false;
    }

    @Override
    public int streamWriteFeatures() {
        return 0;
    }

    @Override
    public boolean has(StreamWriteCapability capability) {
        return false;
    }

    @Override
    public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
        return CAPABILITIES;
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
