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

    /** {@code {"id":"foobar"}}. */
    record Login(String id) {}

    /** The members of the big claims. */
    record Profile(String id, String name, String mail, String role, String team, String note, int level, long seen) {}

    static final Login LOGIN = new Login("foobar");

    static final Profile PROFILE = new Profile(
            "foobar",
            "Ada Lovelace of Ockham Park, Surrey",
            "ada.lovelace@analytical-engine.example",
            "administrator of difference engines",
            "numbers, notes and Bernoulli sequences",
            "The engine weaves algebraical patterns as the loom weaves flowers.",
            1843,
            1_700_000_000);

    private Samples() {}

    /** JSON of exactly so many bytes, which compresses as JSON does. */
    static String json(int bytes) {
        var text = new StringBuilder("{");
        for (int i = 0; text.length() < bytes; i++) {
            text.append("\"member")
                    .append(i)
                    .append("\":")
                    .append(i * 7919 % 10007)
                    .append(',');
        }
        text.setLength(bytes - 1);
        return text.append('}').toString();
    }

    /** {@code {"id":"foobar"}}, or claims of 311 bytes of JSON. */
    static Map<String, Object> claims(String size) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("id", PROFILE.id());
        if (size.equals("big")) {
            claims.put("name", PROFILE.name());
            claims.put("mail", PROFILE.mail());
            claims.put("role", PROFILE.role());
            claims.put("team", PROFILE.team());
            claims.put("note", PROFILE.note());
            claims.put("level", PROFILE.level());
            claims.put("seen", PROFILE.seen());
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
