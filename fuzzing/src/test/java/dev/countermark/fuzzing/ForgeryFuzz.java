package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.bytes;
import static dev.countermark.fuzzing.Wire.latin1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Body;
import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.StatelessApiTokens;
import dev.countermark.frameworks.DjangoJson;
import dev.countermark.frameworks.DjangoSigner;
import dev.countermark.frameworks.ExpressSignature;
import dev.countermark.frameworks.FlaskLogin;
import dev.countermark.frameworks.FlaskSession;
import dev.countermark.frameworks.RailsMessageVerifier;
import dev.countermark.frameworks.StarletteSession;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.json.Json;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.Jws;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.jws.Jwt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The forgery oracle: each reader has a key of its own, and accepts no text but the one it has given out. Not any bytes,
 * not what another key signed, not another reader's token, and not its own with a change, be it in spelling only.
 */
class ForgeryFuzz {

    private static final JsonNode VALUE = PythonJson.standard().loads("{\"sub\": \"ada\", \"list\": [1, 2, 3]}");

    /**
     * @param genuine the one text of this reader
     * @param accepts whether it takes a text
     * @param forge signs a text with a key that is not the reader's
     */
    private record Reader(String genuine, Predicate<String> accepts, Function<String, String> forge) {}

    /** How a format signs a text, and whether it accepts one, with given keys. */
    private record Pair(Function<String, String> sign, Predicate<String> accepts) {}

    private static final List<Reader> READERS = readers();

    private static List<Reader> readers() {
        List<Function<Keyring, Pair>> formats = List.of(
                keys -> {
                    var tokens = Tokens.of(keys, "fuzz", Codec.text());
                    return new Pair(tokens::sign, text -> isValid(tokens.check(text)));
                },
                keys -> {
                    var tokens = Tokens.of(keys, "fuzz", Codec.text())
                            .body(Body.URL_SAFE_COMPRESSED)
                            .expiringAfter(Duration.ofHours(1))
                            .writingExpiry()
                            .clock(Keys.CLOCK);
                    return new Pair(tokens::sign, text -> isValid(tokens.check(text)));
                },
                keys -> {
                    var tokens = ItsDangerous.newest().keys(PythonKeys.of(keys)).signer();
                    return new Pair(tokens::sign, text -> isValid(tokens.check(text)));
                },
                keys -> {
                    var tokens = ItsDangerous.newest()
                            .keys(PythonKeys.of(keys))
                            .urlSafeTimedSerializer()
                            .expiringAfter(Duration.ofHours(1))
                            .clock(Keys.CLOCK);
                    return new Pair(text -> tokens.sign(VALUE), text -> isValid(tokens.check(text)));
                },
                keys -> {
                    var tokens = ItsDangerous.V0_24
                            .keys(PythonKeys.of(keys))
                            .timedJsonWebSignatureSerializer(Duration.ofHours(1))
                            .clock(Keys.CLOCK);
                    return new Pair(text -> tokens.sign(VALUE), text -> isValid(tokens.check(text)));
                },
                keys -> {
                    var tokens = Jws.of(keys, JwsAlgorithm.HS256, Codec.text());
                    return new Pair(tokens::sign, text -> isValid(tokens.check(text)));
                },
                keys -> {
                    var tokens = Jwt.of(keys, JwsAlgorithm.HS256, Json.node())
                            .expiringAfter(Duration.ofHours(1))
                            .clock(Keys.CLOCK);
                    return new Pair(text -> tokens.sign(VALUE), text -> isValid(tokens.check(text)));
                },
                keys -> {
                    var tokens = StatelessApiTokens.of(keys).clock(Keys.CLOCK);
                    return new Pair(
                            text -> tokens.issue("ada", Set.of()),
                            text -> tokens.check(text) instanceof ApiTokenVerdict.Valid);
                },
                keys -> {
                    var sessions = FlaskSession.of(keys).clock(Keys.CLOCK);
                    return new Pair(
                            text -> sessions.write(Map.of("text", text)), text -> isValid(sessions.check(text)));
                },
                keys -> {
                    var login = FlaskLogin.of(keys);
                    return new Pair(login::write, text -> isValid(login.check(text)));
                },
                keys -> {
                    var sessions = StarletteSession.of(keys).clock(Keys.CLOCK);
                    return new Pair(text -> sessions.write(VALUE), text -> isValid(sessions.check(text)));
                },
                keys -> {
                    var json = DjangoJson.of(keys).clock(Keys.CLOCK);
                    return new Pair(text -> json.write(VALUE), text -> isValid(json.check(text)));
                },
                keys -> {
                    var signer = DjangoSigner.of(keys);
                    return new Pair(signer::write, text -> isValid(signer.check(text)));
                },
                keys -> {
                    var verifier = RailsMessageVerifier.of(keys).clock(Keys.CLOCK);
                    return new Pair(text -> verifier.write(VALUE), text -> isValid(verifier.check(text)));
                },
                keys -> {
                    var express = ExpressSignature.of(keys);
                    return new Pair(express::write, text -> isValid(express.check(text)));
                });
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < formats.size(); i++) {
            var key = SigningKey.of(Wire.digest("SHA-256", bytes("reader " + i)));
            var ours = formats.get(i).apply(Keyring.of(key));
            var theirs = formats.get(i).apply(Keys.OTHER_KEYRING);
            readers.add(new Reader(ours.sign.apply("a value of ours"), ours.accepts, theirs.sign));
        }
        return readers;
    }

    private static boolean isValid(dev.countermark.Verdict<?> verdict) {
        return Bounds.verdict(() -> verdict) instanceof dev.countermark.Valid;
    }

    static {
        for (var reader : READERS) {
            if (!reader.accepts.test(reader.genuine)) {
                throw new IllegalStateException("a reader refuses what it has signed");
            }
        }
    }

    @FuzzTest
    void nothing_is_accepted_but_what_was_signed(byte[] data) {
        var input = new Input(data);
        var reader = READERS.get(input.choice(READERS.size()));
        var text = switch (input.choice(5)) {
            case 0 -> Wire.utf8(input.rest());
            case 1 -> forged(reader, Wire.utf8(input.rest()));
            case 2 -> latin1(input.edited(bytes(reader.genuine)));
            case 3 -> latin1(input.edited(bytes(READERS.get(input.choice(READERS.size())).genuine)));
            // The beginning of one and the end of another.
            default -> {
                var other = READERS.get(input.choice(READERS.size())).genuine;
                int cut = input.choice(256);
                yield reader.genuine.substring(0, Math.min(cut, reader.genuine.length()))
                        + other.substring(Math.min(input.choice(256), other.length()));
            }
        };
        if (!text.equals(reader.genuine) && Bounds.held(() -> reader.accepts.test(text))) {
            throw new AssertionError("a text was accepted that was never signed");
        }
    }

    private static String forged(Reader reader, String value) {
        try {
            return reader.forge.apply(value);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
