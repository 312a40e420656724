package dev.countermark.cli.formats;

import dev.countermark.SigningKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** A key as the user gave it: its text, and how that text stands for bytes. Shows neither. */
public final class KeyText {

    /** How a text stands for the bytes of a key. */
    public enum Encoding {
        /** The UTF-8 bytes of the text. */
        TEXT,
        /** Base64 in either alphabet, with or without padding. */
        BASE64,
        /** Two hexadecimal digits a byte. */
        HEX
    }

    private static final Pattern BYTES = Pattern.compile("[A-Za-z0-9_+/-]{43,}={0,2}");

    private final String text;
    private final Optional<Encoding> encoding;

    /**
     * Takes a key.
     *
     * @param encoding what the user said of it; without that, our own formats read base64 and the others text
     */
    public KeyText(String text, Optional<Encoding> encoding) {
        this.text = text;
        this.encoding = encoding;
    }

    /**
     * The key, for our own formats.
     *
     * @throws IllegalArgumentException if it is weak or not in its encoding; the message says how to make a good one
     */
    public SigningKey strong() {
        return switch (encoding.orElse(Encoding.BASE64)) {
            case TEXT -> SigningKey.ofText(text);
            case BASE64 -> SigningKey.fromBase64(text);
            case HEX -> SigningKey.of(hex());
        };
    }

    /**
     * The key, for compatible formats, however weak.
     *
     * @throws IllegalArgumentException if it is not in its encoding
     */
    public SigningKey weak() {
        return switch (encoding.orElse(Encoding.TEXT)) {
            case TEXT -> SigningKey.weakText(text);
            case BASE64 -> SigningKey.weak(base64());
            case HEX -> SigningKey.weak(hex());
        };
    }

    /** The text as given, for formats with rules of their own; empty if the user named an encoding other than text. */
    public Optional<String> plainText() {
        return encoding.orElse(Encoding.TEXT) == Encoding.TEXT ? Optional.of(text) : Optional.empty();
    }

    /** Whether it looks like 32 random bytes or more in base64, and the user has not said what it is. */
    public boolean mayBeBase64() {
        return encoding.isEmpty() && BYTES.matcher(text).matches();
    }

    // The decoders' own messages quote the key, so none of them may be passed on.

    private byte[] base64() {
        try {
            return Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key is not base64; check --key-encoding");
        }
    }

    private byte[] hex() {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key is not hexadecimal; check --key-encoding");
        }
    }

    @Override
    public String toString() {
        return "KeyText[redacted]";
    }
}
