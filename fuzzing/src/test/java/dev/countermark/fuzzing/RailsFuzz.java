package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.base64;
import static dev.countermark.fuzzing.Wire.base64Url;
import static dev.countermark.fuzzing.Wire.bytes;
import static dev.countermark.fuzzing.Wire.hex;
import static dev.countermark.fuzzing.Wire.hmac;
import static dev.countermark.fuzzing.Wire.join;
import static dev.countermark.fuzzing.Wire.latin1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.Verdict;
import dev.countermark.frameworks.RailsCookie;
import dev.countermark.frameworks.RailsMessageVerifier;
import dev.countermark.frameworks.RailsRelease;
import dev.countermark.frameworks.RailsSignedId;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Any body in what Rails signs, under a good signature: JSON, envelopes of both kinds, and Marshal's bytes. */
class RailsFuzz {

    /** Text, as Rails has it; all of one byte, because the JDK's PBKDF2 takes characters. */
    private static final String SECRET_KEY_BASE = latin1(hex(Keys.SECRET));

    private static final Keyring SECRETS = Keyring.of(SigningKey.ofText(SECRET_KEY_BASE));

    private static final String OLD = "{\"_rails\":{\"message\":\"MQ==\",\"exp\":null,\"pur\":null}}";
    private static final String MARSHAL = "\u0004\bi\u0006";

    private record Form(String good, String hash, byte[] key, boolean urlSafe, Reader reader) {

        Verdict<?> read(byte[] value) {
            var body = urlSafe ? base64Url(value) : base64(value);
            return reader.check(latin1(join(body, bytes("--"), hex(hmac(hash, key, body)))));
        }
    }

    private interface Reader {
        Verdict<?> check(String token);
    }

    private static final byte[] COOKIE_KEY = derived("signed cookie");

    private static final List<Form> FORMS = List.of(
            verifier("{\"a\":1}", RailsMessageVerifier.of(Keys.KEYRING)),
            verifier("{\"a\":1}", RailsMessageVerifier.of(Keys.KEYRING).lenient()),
            verifier("1", RailsMessageVerifier.ofPlainJson(Keys.KEYRING)),
            verifier(OLD, RailsMessageVerifier.ofPlainJson(Keys.KEYRING).release(RailsRelease.V6_1)),
            verifier(OLD, RailsMessageVerifier.ofPlainJson(Keys.KEYRING).lenient()),
            verifier(MARSHAL, RailsMessageVerifier.ofMarshal(Keys.KEYRING)),
            verifier(MARSHAL, RailsMessageVerifier.ofMarshal(Keys.KEYRING).newEnvelope()),
            verifier("x", RailsMessageVerifier.ofBytes(Keys.KEYRING)),
            new Form(
                    "{\"_rails\":{\"message\":\"MQ==\",\"exp\":null,\"pur\":\"cookie.name\"}}",
                    "SHA-1",
                    COOKIE_KEY,
                    false,
                    RailsCookie.of(SECRETS, "name").clock(Keys.CLOCK).decoded()::check),
            new Form(
                    "{\"_rails\":{\"message\":\"BAhpBg==\",\"exp\":null,\"pur\":\"cookie.name\"}}",
                    "SHA-1",
                    COOKIE_KEY,
                    false,
                    RailsCookie.ofMarshal(SECRETS, "name")
                            .clock(Keys.CLOCK)
                            .lenient()
                            .decoded()::check),
            new Form(
                    "{\"_rails\":{\"message\":\"MQ==\",\"exp\":null,\"pur\":\"user\"}}",
                    "SHA-256",
                    derived("active_record/signed_id"),
                    true,
                    RailsSignedId.of(SECRETS, "User").clock(Keys.CLOCK).lenient()::check));

    private static Form verifier(String good, RailsMessageVerifier<?> verifier) {
        return new Form(good, "SHA-1", Keys.SECRET, false, verifier.clock(Keys.CLOCK)::check);
    }

    private static byte[] derived(String salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(SECRET_KEY_BASE.toCharArray(), bytes(salt), 1000, 64 * 8))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static {
        FORMS.forEach(form -> Bounds.reaches(form.read(Wire.fromLatin1(form.good))));
    }

    @FuzzTest
    void any_body_gets_a_verdict(byte[] data) {
        var input = new Input(data);
        var form = FORMS.get(input.choice(FORMS.size()));
        switch (input.choice(4)) {
            case 0 -> run(form, input.rest());
            // Inside the old envelope, with any expiry.
            case 1 -> {
                var expiry = latin1(input.line());
                var purpose = latin1(input.line());
                var message = latin1(base64(input.rest()));
                run(
                        form,
                        bytes("{\"_rails\":{\"message\":\"" + message + "\",\"exp\":" + expiry + ",\"pur\":" + purpose
                                + "}}"));
            }
            case 2 ->
                run(
                        form,
                        join(
                                bytes("{\"_rails\":{\"data\":"),
                                input.line(),
                                bytes(",\"exp\":"),
                                input.line(),
                                bytes("}}")));
            default -> {
                var token = latin1(input.rest());
                Bounds.verdict(() -> form.reader.check(token));
            }
        }
    }

    private static void run(Form form, byte[] body) {
        Bounds.verdict(() -> form.read(body));
    }
}
