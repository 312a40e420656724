package dev.countermark.cli.keygen;

import dev.countermark.SigningKey;
import java.security.SecureRandom;

/** Where new keys of the command come from. */
public final class Keys {

    static final int LENGTH = 32;
    static final int LONGEST = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Keys() {}

    /** A new key of 32 random bytes whose base64 can be typed behind an option: it does not begin with a dash. */
    public static SigningKey generate() {
        return generate(LENGTH);
    }

    /** As {@link #generate()}, of another length. */
    static SigningKey generate(int length) {
        while (true) {
            var secret = new byte[length];
            RANDOM.nextBytes(secret);
            var key = SigningKey.of(secret);
            if (!key.revealBase64().startsWith("-")) {
                return key;
            }
        }
    }
}
