package dev.countermark.itsdangerous;

import dev.countermark.Codec;
import java.nio.charset.StandardCharsets;

/**
 * What stands between the parts of a token.
 *
 * @param bytes one or more; none only before 1.0.0, and then nothing can be read
 * @param givenAsText whether Python was given text, which messages of 0.24 show
 */
record Separator(byte[] bytes, boolean givenAsText) {

    private static final String BASE64 = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=";

    static final Separator DOT = ofText(".");

    static Separator ofText(String text) {
        return new Separator(Codec.text().encode(text), true);
    }

    static Separator ofBytes(byte[] bytes) {
        return new Separator(bytes.clone(), false);
    }

    /** As the release checks it: {@code signer.py} of 2.2.0 asks whether it is a part of the alphabet's text. */
    Separator checkedFor(ItsDangerous release) {
        if (release.checksSeparator() && BASE64.contains(new String(bytes, StandardCharsets.ISO_8859_1))) {
            throw new IllegalArgumentException(
                    "this separator can appear in a signature; choose one outside A-Z a-z 0-9 - _ =");
        }
        return this;
    }

    /** Where the last separator that ends before {@code end} begins, or -1. */
    int lastIn(byte[] text, int end) {
        if (bytes.length == 1) {
            int i = end - 1;
            while (i >= 0 && text[i] != bytes[0]) {
                i--;
            }
            return i;
        }
        int i = bytes.length == 0 ? -1 : end - bytes.length;
        while (i >= 0 && !standsAt(i, text)) {
            i--;
        }
        return i;
    }

    private boolean standsAt(int at, byte[] text) {
        for (int i = 0; i < bytes.length; i++) {
            if (text[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    int length() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
