package dev.countermark.benchmarks;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** {@code {"id":"foobar"}}, or claims of 311 bytes of JSON. */
    static Map<String, Object> claims(String size) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("id", "foobar");
        if (size.equals("big")) {
            claims.put("name", "Ada Lovelace of Ockham Park, Surrey");
            claims.put("mail", "ada.lovelace@analytical-engine.example");
            claims.put("role", "administrator of difference engines");
            claims.put("team", "numbers, notes and Bernoulli sequences");
            claims.put("note", "The engine weaves algebraical patterns as the loom weaves flowers.");
            claims.put("level", 1843);
            claims.put("seen", 1700000000);
        }
        return claims;
    }

    /** The same token with another signature of the same length. */
    static String forged(String token) {
        int at = token.length() - 10;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }

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
