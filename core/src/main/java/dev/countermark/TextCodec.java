package dev.countermark;

import java.nio.charset.StandardCharsets;

/** Text as strict UTF-8. */
enum TextCodec implements Codec<String> {
    INSTANCE;

    @Override
    public byte[] encode(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        if (!StrictUtf8.isFormOf(bytes, 0, bytes.length, value)) {
            throw new IllegalArgumentException("the text holds a lone surrogate, which has no UTF-8 form");
        }
        return bytes;
    }

    @Override
    public String decode(byte[] bytes) {
        return decode(bytes, bytes.length);
    }

    @Override
    public String decode(byte[] bytes, int length) {
        var text = StrictUtf8.textOrNull(bytes, length);
        if (text == null) {
            throw new IllegalArgumentException("the bytes are not UTF-8");
        }
        return text;
    }

    @Override
    public Body body() {
        return Body.TEXT;
    }
}
