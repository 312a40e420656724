package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.mac.Hmac;
import java.util.Arrays;

/**
 * The keys that a Rails application derives from its {@code secret_key_base}: PBKDF2 (RFC 8018 section 5.2).
 *
 * <pre>{@code
 * Keyring keys = RailsKeyGenerator.of(RailsRelease.V8_1).keys(Keyring.of(SigningKey.weakText(secretKeyBase)), "signed cookie");
 * }</pre>
 *
 * <p>Rails asks for 1,000 iterations, which is enough for a random secret and far too little for a password; a plain
 * {@code ActiveSupport::KeyGenerator.new(secret)} takes 65,536. Source: activesupport 8.0.5.1, {@code key_generator.rb};
 * railties, {@code application.rb}. Immutable and safe for many threads.
 */
public final class RailsKeyGenerator {

    private static final int RAILS_ITERATIONS = 1000;
    private static final int KEY_LENGTH = 64;

    private final Hmac hmac;
    private final int iterations;

    private RailsKeyGenerator(Hmac hmac, int iterations) {
        this.hmac = hmac;
        this.iterations = iterations;
    }

    /** {@code Rails.application.key_generator} under {@code load_defaults} of a release. */
    public static RailsKeyGenerator of(RailsRelease release) {
        return new RailsKeyGenerator(release.keyDigest(), RAILS_ITERATIONS);
    }

    /** The same with another {@code key_generator_hash_digest_class}: SHA-1, or SHA-256 since load_defaults 7.0. */
    public RailsKeyGenerator digest(Hmac hmac) {
        return new RailsKeyGenerator(hmac, iterations);
    }

    /**
     * The same with another number of iterations.
     *
     * @param iterations 1 to 10,000,000
     * @throws IllegalArgumentException if they are fewer or more
     */
    public RailsKeyGenerator iterations(int iterations) {
        if (iterations < 1 || iterations > 10_000_000) {
            throw new IllegalArgumentException("iterations are 1 to 10,000,000");
        }
        return new RailsKeyGenerator(hmac, iterations);
    }

    /**
     * Keys of 64 bytes, one from each secret, under the secrets' names where these have some.
     *
     * @param secrets texts of {@code secret_key_base}; the primary one's key signs
     * @param salt the use of the keys, for instance {@code signed cookie}
     * @throws IllegalArgumentException if the salt holds a lone surrogate
     */
    public Keyring keys(Keyring secrets, String salt) {
        var bytes = WellFormed.utf8(salt);
        var derived = secrets.keys().stream().map(secret -> key(secret, bytes)).toList();
        var others = derived.subList(1, derived.size()).toArray(SigningKey[]::new);
        return Keyring.of(derived.get(0)).accepting(others);
    }

    private SigningKey key(SigningKey secret, byte[] salt) {
        var key = SigningKey.weak(generate(secret, salt, KEY_LENGTH));
        // The fingerprint of a secret that can be guessed is no name to show.
        return secret.isNamed() ? key.named(secret.id()) : key;
    }

    /**
     * {@code generate_key(salt, length)}.
     *
     * @param salt any bytes, also none
     * @param length 1 to 1,024 bytes; Rails asks for 64
     * @throws IllegalArgumentException if the length is another
     */
    public byte[] generate(SigningKey secret, byte[] salt, int length) {
        if (length < 1 || length > 1024) {
            throw new IllegalArgumentException("a key has 1 to 1,024 bytes");
        }
        var mac = hmac.withKey(secret.revealSecret());
        var key = new byte[length];
        for (int block = 1, at = 0; at < length; block++, at += hmac.length()) {
            var input = Arrays.copyOf(salt, salt.length + 4);
            // Four bytes in RFC 8018; a key of 1,024 bytes has 52 blocks.
            input[salt.length + 3] = (byte) block;
            var round = mac.compute(input);
            var sum = round.clone();
            for (int i = 1; i < iterations; i++) {
                round = mac.compute(round);
                for (int j = 0; j < sum.length; j++) {
                    sum[j] ^= round[j];
                }
            }
            System.arraycopy(sum, 0, key, at, Math.min(sum.length, length - at));
        }
        return key;
    }
}
