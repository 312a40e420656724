package dev.countermark.jws;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.encoding.Base64Url;
import dev.countermark.json.PythonJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the keys of a JSON Web Key, or of a set of them (RFC 7517 sections 4 and 5; RFC 7518 section 6.4).
 *
 * <pre>{@code
 * Keyring keys = JsonWebKeys.read(Files.readString(file), JwsAlgorithm.HS256);
 * }</pre>
 *
 * <p>Every key of a set must be one for this use: {@code kty} oct, {@code alg} the algorithm or absent, {@code use} sig or
 * absent. A set that mixes kinds is refused, not filtered: somebody would verify with a public key as a secret. The first
 * key signs; {@code kid} becomes its {@linkplain SigningKey#named name}. Every other member is ignored.
 */
public final class JsonWebKeys {

    private static final PythonJson JSON = PythonJson.standard();

    private JsonWebKeys() {}

    /**
     * Reads keys that {@link SigningKey#of} takes.
     *
     * @throws IllegalArgumentException if the text is not a key or set, a key is of another use, weak, or shorter than
     *     the algorithm's hash, two keys have one name, or a {@code kid} is no name; the message holds no key
     */
    public static Keyring read(String json, JwsAlgorithm algorithm) {
        return read(json, algorithm, SigningKey::of);
    }

    /**
     * As {@link #read}, without asking whether a key can be guessed; the length still counts.
     *
     * <p>For keys that somebody else has chosen. Whoever guesses the key can sign anything.
     */
    public static Keyring readWeak(String json, JwsAlgorithm algorithm) {
        return read(json, algorithm, SigningKey::weak);
    }

    private static Keyring read(String json, JwsAlgorithm algorithm, Function<byte[], SigningKey> factory) {
        var keys = new ArrayList<SigningKey>();
        for (var jwk : members(json)) {
            keys.add(key(jwk, algorithm, factory));
        }
        var keyring =
                Keyring.of(keys.get(0)).accepting(keys.subList(1, keys.size()).toArray(SigningKey[]::new));
        algorithm.requireLongEnough(keyring);
        return keyring;
    }

    private static Iterable<JsonNode> members(String json) {
        JsonNode tree;
        try {
            tree = JSON.loads(json);
        } catch (IllegalArgumentException e) {
            throw refused("the text is not JSON");
        }
        var set = tree.get("keys");
        if (set == null) {
            return List.of(tree);
        }
        if (!set.isArray() || set.isEmpty()) {
            throw refused("the set holds no keys");
        }
        return set;
    }

    private static SigningKey key(JsonNode jwk, JwsAlgorithm algorithm, Function<byte[], SigningKey> factory) {
        if (!"oct".equals(text(jwk, "kty"))) {
            throw refused("a key is not symmetric (kty is not oct)");
        }
        if (!isAbsentOr(jwk, "alg", algorithm.name()) || !isAbsentOr(jwk, "use", "sig")) {
            throw refused("a key is not for " + algorithm + " signatures");
        }
        var value = text(jwk, "k");
        var secret = value == null ? null : Base64Url.decodeOrNull(value);
        if (secret == null) {
            throw refused("a key has no value in URL-safe base64 without padding");
        }
        var key = factory.apply(secret);
        var name = text(jwk, "kid");
        return name == null ? key : key.named(name);
    }

    private static boolean isAbsentOr(JsonNode jwk, String member, String wanted) {
        return !jwk.has(member) || wanted.equals(text(jwk, member));
    }

    private static @Nullable String text(JsonNode jwk, String member) {
        var node = jwk.get(member);
        return node != null && node.isString() ? node.stringValue() : null;
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(why + "; give a JSON Web Key with kty oct, or a set of such");
    }
}
