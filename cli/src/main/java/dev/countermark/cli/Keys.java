package dev.countermark.cli;

import dev.countermark.SigningKey;

/** Where new keys of the command come from. */
final class Keys {

    private Keys() {}

    /** A new key whose base64 can be typed behind an option: it does not begin with a dash. */
    static SigningKey generate() {
        while (true) {
            var key = SigningKey.generate();
            if (!key.revealBase64().startsWith("-")) {
                return key;
            }
        }
    }
}
