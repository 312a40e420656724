package dev.countermark.jws;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;

/** Keys of the tests, and clocks that stand still. */
final class JwsKeysForTests {

    static final long NOW = 1_700_000_000;

    private JwsKeysForTests() {}

    /** A key of 64 bytes, long enough for every algorithm; another for every seed. */
    static SigningKey key(long seed) {
        var secret = new byte[64];
        new Random(seed).nextBytes(secret);
        return SigningKey.of(secret);
    }

    static Keyring keyring(long seed) {
        return Keyring.of(key(seed));
    }

    static Clock at(long seconds) {
        return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }
}
