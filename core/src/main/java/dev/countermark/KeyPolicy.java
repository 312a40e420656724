package dev.countermark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which secrets are refused because somebody could guess them. */
final class KeyPolicy {

    private static final String REMEDY = "; make a good one with: countermark keygen";

    /** Fewest different byte values: 32 random bytes always have more, and so have 32 random decimal digits. */
    private static final int FEWEST_DIFFERENT_BYTES = 7;

    /** Words of tutorials, templates and placeholders; a random key of 44 characters holds none of them. */
    private static final List<String> TELLTALE_WORDS = List.of(
            "secret",
            "password",
            "passw0rd",
            "changeme",
            "change-me",
            "change_me",
            "change me",
            "changethis",
            "change-this",
            "change_this",
            "changeit",
            "replaceme",
            "replace-me",
            "replace_me",
            "insecure",
            "placeholder",
            "your-key",
            "your_key",
            "yourkey",
            "signing-key-here",
            "keyboard cat",
            "sekrit",
            "lorem ipsum",
            "qwerty",
            "asdfgh",
            "zxcvbn",
            "letmein",
            "iloveyou",
            "12345678",
            "testkey",
            "test-key",
            "test_key",
            "example",
            "default",
            "do-not-use",
            "donotuse");

    /** From this length on, in bytes, a word or a run in a key leaves enough beside it. */
    private static final int LONG = 128;

    private static final Pattern UNRESOLVED_TEMPLATE =
            Pattern.compile("(?s)\\$\\{.*}|\\{\\{.*}}|\\$\\(.*\\)|%[A-Za-z_]+%|<[^<>]*>|\\$[A-Z_][A-Z0-9_]*");
    private static final Pattern PUBLIC_MATERIAL = Pattern.compile(
            "(?s).*-----BEGIN [A-Z0-9 ]*-----.*|\\s*(ssh-(rsa|dss|ed25519)|ecdsa-sha2-\\S+) .*|\\s*\\{.*\"kty\".*");
    private static final Pattern ADDRESS = Pattern.compile("(?s)[a-z][a-z0-9+.-]*://.*");

    private KeyPolicy() {}

    /**
     * Refuses a secret that is short, patterned, public or well known.
     *
     * @throws IllegalArgumentException with the reason and the remedy, without the secret
     */
    static void requireStrong(byte[] secret) {
        var text = new String(secret, StandardCharsets.ISO_8859_1);
        var lower = text.toLowerCase(Locale.ROOT);
        requireKey(text);
        if (secret.length < SigningKey.MINIMUM_LENGTH) {
            throw refused("the key has " + secret.length + " bytes and needs at least " + SigningKey.MINIMUM_LENGTH);
        }
        boolean isLong = secret.length >= LONG;
        if (ADDRESS.matcher(lower).matches() && !isLong) {
            throw refused("the key is an address");
        }
        if (differentBytes(secret) < FEWEST_DIFFERENT_BYTES || repeats(secret) || counts(secret) && !isLong) {
            throw refused("the key is a pattern that can be guessed");
        }
        if (!isLong && TELLTALE_WORDS.stream().anyMatch(lower::contains)) {
            throw refused("the key holds a well-known word of templates and tutorials");
        }
    }

    /**
     * As {@link #requireStrong(byte[])}, for a secret that was written as base64.
     *
     * @param text what was written
     * @throws IllegalArgumentException as there
     */
    static void requireStrong(byte[] secret, String text) {
        if (secret.length < SigningKey.MINIMUM_LENGTH) {
            // Of a word that was typed nobody knows that it is read as base64.
            throw refused("the key is read as base64, which makes " + secret.length + " bytes, and needs at least "
                    + SigningKey.MINIMUM_LENGTH);
        }
        requireStrong(secret);
        // A phrase can happen to be base64; then it is the phrase that is guessed.
        requireStrong(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Refuses what stands where a key should and is none.
     *
     * @throws IllegalArgumentException with the reason and the remedy
     */
    static void requireKey(String text) {
        if (PUBLIC_MATERIAL.matcher(text).matches()) {
            throw refused("a public key, certificate or key document is not a signing key");
        }
        if (UNRESOLVED_TEMPLATE.matcher(text.strip()).matches()) {
            throw refused("the key is a template that nobody has filled in");
        }
    }

    /** Whether each byte follows the one before at the same distance, as in 0, 1, 2 or a, b, c, for most of the key. */
    private static boolean counts(byte[] secret) {
        int steady = 0;
        for (int i = 2; i < secret.length; i++) {
            if ((byte) (secret[i] - secret[i - 1]) == (byte) (secret[i - 1] - secret[i - 2])) {
                steady++;
            }
        }
        return steady * 4 > (secret.length - 2) * 3;
    }

    private static int differentBytes(byte[] secret) {
        var seen = new boolean[256];
        int different = 0;
        for (var b : secret) {
            if (!seen[b & 0xff]) {
                seen[b & 0xff] = true;
                different++;
            }
        }
        return different;
    }

    /** Whether the whole key is a beginning of at most half its length, again and again. */
    private static boolean repeats(byte[] secret) {
        for (int period = 1; period <= secret.length / 2; period++) {
            int i = period;
            while (i < secret.length && secret[i] == secret[i - period]) {
                i++;
            }
            if (i == secret.length) {
                return true;
            }
        }
        return false;
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(why + REMEDY);
    }
}
