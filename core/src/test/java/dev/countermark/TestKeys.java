package dev.countermark;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Keys of the recorded tokens, and clocks that stand still. */
final class TestKeys {

    /** SHA-256 of "countermark test vector key". */
    static final SigningKey NEW = SigningKey.fromBase64("ka4MFwjp+GwlO6aSs8DiVOzamXgamMlnV4wfS6W5N8c=");

    /** SHA-256 of "countermark old test vector key". */
    static final SigningKey OLD = SigningKey.fromBase64("w/QfpffdmBAHQmkiJwawEzgJuc2BkLYGAAGB49RqF54=");

    static final Keyring KEYS = Keyring.of(NEW);

    static final long NOW = 1_700_000_000;

    private TestKeys() {}

    static Clock at(long seconds) {
        return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }
}
