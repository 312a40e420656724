package dev.countermark.fuzzing;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.itsdangerous.PythonKeys;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The keys and the time of all targets. */
final class Keys {

    static final long NOW = 1_700_000_000;
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);

    /** Of the readers. */
    static final byte[] SECRET = Wire.digest("SHA-256", Wire.bytes("the reader's key"));

    /** Of whoever forges. */
    static final byte[] OTHER_SECRET = Wire.digest("SHA-256", Wire.bytes("another key"));

    static final Keyring KEYRING = Keyring.of(SigningKey.of(SECRET));
    static final Keyring OTHER_KEYRING = Keyring.of(SigningKey.of(OTHER_SECRET));

    private Keys() {}

    static PythonKeys python() {
        return PythonKeys.of(KEYRING);
    }
}
