package dev.countermark;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An accepted token whose payload is a long text. It becomes bytes only for those who ask for bytes. */
final class LargeReading extends Reading {

    private final String token;
    private final String value;

    /**
     * @param token all of it
     * @param value what it begins with
     */
    LargeReading(String token, String value, Reading facts) {
        super(facts);
        this.token = token;
        this.value = value;
    }

    @Override
    public Reading expired() {
        return new LargeReading(token, value, super.expired());
    }

    @Override
    public Reading detail(@Nullable Detail detail) {
        return new LargeReading(token, value, super.detail(detail));
    }

    @Override
    public byte[] payload() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    byte[] text() {
        return token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    <T> T decode(Codec<T> codec, int length) {
        if (codec instanceof TextCodec && length == payloadLength()) {
            @SuppressWarnings("unchecked") // it is a codec of strings
            var text = (T) value;
            return text;
        }
        return codec.decode(Arrays.copyOf(payload(), length));
    }
}
