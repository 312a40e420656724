package dev.countermark.apitokens;

import dev.countermark.Keyring;
import java.util.Objects;

/**
 * Where a node's keys come from. Asked about once a second; what it returns is used from then on.
 *
 * <p>Key material reaches a node by file, environment or configuration, never through a store.
 */
@FunctionalInterface
public interface KeySource {

    /**
     * The keys as they are now. What it throws leaves the node with the keys it has.
     */
    Keyring keyring();

    /** Keys that stay as they are. */
    static KeySource of(Keyring keyring) {
        Objects.requireNonNull(keyring, "keyring");
        return () -> keyring;
    }
}
