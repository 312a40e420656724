package dev.countermark;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as strict UTF-8. */
enum TextCodec implements Codec<String> {
    INSTANCE;

    private static final char REPLACEMENT = '\uFFFD';

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
        var text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(ByteBuffer.wrap(bytes, 0, length));
        }
        return text;
    }

    /** Tells a replacement character that was written from one that stands for malformed bytes. */
    private static void requireWellFormed(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are not UTF-8", e);
        }
    }

    @Override
    public Body body() {
        return Body.TEXT;
    }
}
