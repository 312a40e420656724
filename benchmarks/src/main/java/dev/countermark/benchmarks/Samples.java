package dev.countermark.benchmarks;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The same key and values for everybody. */
final class Samples {

    /** 64 bytes, as long as HS512 wants. */
    static final byte[] SECRET = Base64.getDecoder()
            .decode("ka4MFwjp+GwlO6aSs8DiVOzamXgamMlnV4wfS6W5N8fD9B+l992YEAdCaSInBrATOAm5zYGQtgYAAYHj1GoXng==");

    static final Keyring KEYS = Keyring.of(SigningKey.of(SECRET));

    /** How many different values and tokens a benchmark goes round, so that neither cache nor predictor knows the next. */
    static final int RING = 64;

    /** {@code {"id":"foobar"}}. */
    record Login(String id) {}

    /** The members of the big claims. */
    record Profile(String id, String name, String mail, String role, String team, String note, int level, long seen) {}

    private Samples() {}

    /** JSON of exactly so many bytes: of at most 24 without three bytes that repeat, of more as JSON is. */
    static String json(int bytes, int seed) {
        var text = new StringBuilder("{");
        if (bytes <= 24) {
            text.append("\"id\":").append(12_345 + seed).append(",\"user\":").append(9_087 - seed);
        }
        for (int i = 0; text.length() < bytes; i++) {
            text.append("\"member").append(i).append("\":");
            text.append((i + seed) * 7919 % 10007).append(',');
        }
        text.setLength(bytes - 1);
        return text.append('}').toString();
    }

    /** 30 bytes of text. */
    static String text(int i) {
        return String.format(Locale.ROOT, "user-%010d.report-%07d", i * 7_919_000_041L % 10_000_000_000L, i);
    }

    /** {@code {"id":"foobar"}}, with other letters. */
    static Login login(int i) {
        return new Login("fooba" + (char) ('0' + i));
    }

    /** 311 bytes of JSON. */
    static Profile profile(int i) {
        return new Profile(
                "fooba" + (char) ('0' + i),
                "Ada Lovelace of Ockham Park, Surrey",
                "ada.lovelace@analytical-engine.example",
                "administrator of difference engines",
                "numbers, notes and Bernoulli sequences",
                "The engine weaves algebraical patterns as the loom weaves flowers.",
                1843 + i % 8,
                1_700_000_000 + i * 7_919L);
    }

    /** The members of {@link #login} or, for {@code big}, of {@link #profile}. */
    static Map<String, Object> claims(String size, int i) {
        var claims = new LinkedHashMap<String, Object>();
        var profile = profile(i);
        claims.put("id", profile.id());
        if (size.equals("big")) {
            claims.put("name", profile.name());
            claims.put("mail", profile.mail());
            claims.put("role", profile.role());
            claims.put("team", profile.team());
            claims.put("note", profile.note());
            claims.put("level", profile.level());
            claims.put("seen", profile.seen());
        }
        return claims;
    }

    /** What a token signs: all of it before the last dot. */
    static byte[] signed(String token) {
        return token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.ISO_8859_1);
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
