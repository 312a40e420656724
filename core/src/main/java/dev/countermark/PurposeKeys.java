package dev.countermark;

import dev.countermark.encoding.Base64Url;
import dev.countermark.mac.MacFunction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The keys of a keyring, derived for one purpose: the first signs, all verify. */
final class PurposeKeys {

    private final Keyring keyring;
    private final MacFunction[] functions;

    private PurposeKeys(Keyring keyring, MacFunction[] functions) {
        this.keyring = keyring;
        this.functions = functions;
    }

    /** @param salt the purpose, and a suffix that no purpose has where it has several keys */
    static PurposeKeys derive(Keyring keyring, Scheme scheme, String salt) {
        var bytes = salt.getBytes(StandardCharsets.UTF_8);
        return new PurposeKeys(
                keyring,
                keyring.keys().stream()
                        .map(key -> scheme.mac().withKey(scheme.derive(key, bytes)))
                        .toArray(MacFunction[]::new));
    }

    /** @throws IllegalArgumentException if the purpose is none, or a key is too weak for formats of our own */
    static void require(Keyring keyring, String purpose) {
        if (Objects.requireNonNull(purpose, "purpose").isBlank()
                || purpose.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a purpose names one use of the keys, for instance \"download-link\"");
        }
        Codec.text().encode(purpose);
        if (Objects.requireNonNull(keyring, "keys").keys().stream().anyMatch(SigningKey::isWeak)) {
            throw new IllegalArgumentException(
                    "weak keys serve compatible formats only; make a good one with: countermark keygen");
        }
    }

    Keyring keyring() {
        return keyring;
    }

    int count() {
        return functions.length;
    }

    SigningKey key(int index) {
        return keyring.keys().get(index);
    }

    MacFunction function(int index) {
        return functions[index];
    }

    /** What signs. */
    MacFunction primary() {
        return functions[0];
    }

    /**
     * Which key signed the first {@code length} bytes of {@code data}; tries all of them, so that the time tells nothing.
     *
     * @param text what ends with the signature, from {@code from} on
     * @return its index, or -1
     */
    int signer(byte[] data, int length, byte[] text, int from) {
        int signer = -1;
        for (int i = functions.length - 1; i >= 0; i--) {
            int mask = Base64Url.maskOfText(functions[i].compute(data, 0, length), text, from, text.length);
            signer = signer & ~mask | i & mask;
        }
        return signer;
    }

    /** As {@link #signer(byte[], int, byte[], int)}, of all of a large text but its last {@code without} characters. */
    int signer(LargeText large, int without, byte[] text, int from) {
        int signer = -1;
        for (int i = functions.length - 1; i >= 0; i--) {
            int mask = Base64Url.maskOfText(large.code(functions[i], without), text, from, text.length);
            signer = signer & ~mask | i & mask;
        }
        return signer;
    }
}
