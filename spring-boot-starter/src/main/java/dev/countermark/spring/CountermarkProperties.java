package dev.countermark.spring;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the keyring, under {@code countermark}.
 *
 * @param key Key that signs, as base64 of at least 32 bytes. Make one with: countermark keygen.
 * @param acceptedKeys Keys that verify and no longer sign, as base64.
 * @param keyFile File of keys, instead of countermark.key. Either one key as base64, or lines that begin with "primary" or
 *     "accepted" before it. Read again when it changes.
 * @param purposes Purposes of the application's own tokens. Two that would share a key stop the start.
 */
@ConfigurationProperties("countermark")
public record CountermarkProperties(
        @Nullable String key,
        @DefaultValue List<String> acceptedKeys,
        @Nullable File keyFile,
        @DefaultValue List<String> purposes) {

    /** Never a key. */
    @Override
    public String toString() {
        return "CountermarkProperties[redacted]";
    }
}
