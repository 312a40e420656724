package dev.countermark.server.keys;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.KeyInfo;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/keys}: which keys the nodes have, for admin tokens. */
@RestController
class KeysController {

    private final ApiTokens tokens;

    KeysController(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping(path = "/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    Keys list() {
        return new Keys(tokens.keys().stream().map(Key::of).toList());
    }

    /**
     * All keys.
     *
     * @param keys what nodes have recorded
     */
    record Keys(List<Key> keys) {}

    /**
     * A key.
     *
     * @param fingerprint its fingerprint
     * @param state {@code primary} signs and verifies, {@code accepted} verifies, {@code retired} neither
     * @param since since when
     */
    record Key(String fingerprint, String state, Instant since) {

        static Key of(KeyInfo key) {
            return new Key(key.fingerprint(), key.state().name().toLowerCase(Locale.ROOT), key.since());
        }
    }
}
