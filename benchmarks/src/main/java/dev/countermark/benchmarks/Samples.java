package dev.countermark.benchmarks;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The same key and values for everybody. */
final class Samples {

    /** 64 bytes, as long as HS512 wants. */
    static final byte[] SECRET = Base64.getDecoder()
            .decode("ka4MFwjp+GwlO6aSs8DiVOzamXgamMlnV4wfS6W5N8fD9B+l992YEAdCaSInBrATOAm5zYGQtgYAAYHj1GoXng==");

    static final Keyring KEYS = Keyring.of(SigningKey.of(SECRET));

    /** 30 bytes. */
    static final String TEXT = "user-0123456789.report-0000007";

    private Samples() {}

    static Mac mac(String name) {
        try {
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(SECRET, name));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
