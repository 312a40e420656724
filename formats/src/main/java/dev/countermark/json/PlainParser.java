package dev.countermark.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.Version;
import tools.jackson.core.base.ParserMinimalBase;

/**
 * Where Jackson reads a small value from: {@link PlainTokens}, one after the other, and no tree between.
 *
 * <p>It knows what records, lists and maps ask for. Whatever else Jackson asks for makes it throw, and the caller reads the
 * value again from the tree of {@link JsonReader}. Its answers are those of Jackson's parser over such a tree.
 */
final class PlainParser extends ParserMinimalBase {

    private final PlainTokens tokens;
    private int index = -1;

    PlainParser(PlainTokens tokens) {
        super(ObjectReadContext.empty());
        this.tokens = tokens;
    }

    private static UnsupportedOperationException unusual() {
        return new UnsupportedOperationException("not known to the parser of small values");
    }

    @Override
    public @Nullable JsonToken nextToken() {
        if (index + 1 >= tokens.count()) {
            _updateTokenToNull();
            return null;
        }
        return _updateToken(tokens.token(++index));
    }

    @Override
    public JsonParser skipChildren() {
        int depth = 0;
        do {
            switch (tokens.token(index)) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                default -> {}
            }
        } while (depth > 0 && ++index < tokens.count());
        _updateToken(tokens.token(index));
        return this;
    }

    @Override
    public String currentName() {
        return text(JsonToken.PROPERTY_NAME);
    }

    @Override
    public String getString() {
        return text(_currToken == JsonToken.PROPERTY_NAME ? JsonToken.PROPERTY_NAME : JsonToken.VALUE_STRING);
    }

    private String text(JsonToken token) {
        if (_currToken == token && tokens.value(token, index) instanceof String text) {
            return text;
        }
        throw unusual();
    }

    @Override
    public char[] getStringCharacters() {
        return getString().toCharArray();
    }

    @Override
    public int getStringLength() {
        return getString().length();
    }

    @Override
    public int getStringOffset() {
        return 0;
    }

    @Override
    public boolean hasStringCharacters() {
        return false;
    }

    @Override
    public Number getNumberValue() {
        if (_currToken == JsonToken.VALUE_NUMBER_INT
                && tokens.value(JsonToken.VALUE_NUMBER_INT, index) instanceof Number number) {
            return number;
        }
        throw unusual();
    }

    @Override
    public @Nullable NumberType getNumberType() {
        if (_currToken != JsonToken.VALUE_NUMBER_INT) {
            return null;
        }
        return getNumberValue() instanceof Integer ? NumberType.INT : NumberType.LONG;
    }

    @Override
    public int getIntValue() {
        if (getNumberValue() instanceof Integer number) {
            return number;
        }
        throw unusual();
    }

    @Override
    public long getLongValue() {
        return getNumberValue().longValue();
    }

    @Override
    public BigInteger getBigIntegerValue() {
        return BigInteger.valueOf(getLongValue());
    }

    @Override
    public BigDecimal getDecimalValue() {
        return BigDecimal.valueOf(getLongValue());
    }

    @Override
    public double getDoubleValue() {
        return getLongValue();
    }

    @Override
    public float getFloatValue() {
        throw unusual();
    }

    @Override
    public boolean isNaN() {
        return false;
    }

    @Override
    public byte[] getBinaryValue(Base64Variant variant) {
        throw unusual();
    }

    @Override
    public TokenStreamContext streamReadContext() {
        throw unusual();
    }

    /** Nobody asks for it but a deserializer of somebody else's. */
    @Override
    public Object currentValue() {
        throw unusual();
    }

    @Override
    public void assignCurrentValue(@Nullable Object value) {
        // only currentValue would answer it
    }

    @Override
    public TokenStreamLocation currentTokenLocation() {
        return TokenStreamLocation.NA;
    }

    @Override
    public TokenStreamLocation currentLocation() {
        return TokenStreamLocation.NA;
    }

    @Override
    public @Nullable Object streamReadInputSource() {
        return null;
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    protected void _closeInput() {
        // nothing is held
    }

    @Override
    protected void _releaseBuffers() {
        // nothing is held
    }

    @Override
    protected void _handleEOF() {
        throw unusual();
    }
}
