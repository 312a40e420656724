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
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(bytes);
        }
        return text;
    }

    /** Tells a replacement character that was written from one that stands for malformed bytes. */
    private static void requireWellFormed(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are not UTF-8", e);
        }
    }

    @Override
    public Body body() {
        return Body.TEXT;
    }
}
