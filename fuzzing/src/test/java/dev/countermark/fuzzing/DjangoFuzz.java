package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.base62;
import static dev.countermark.fuzzing.Wire.base64;
import static dev.countermark.fuzzing.Wire.base64Url;
import static dev.countermark.fuzzing.Wire.bytes;
import static dev.countermark.fuzzing.Wire.dated;
import static dev.countermark.fuzzing.Wire.digest;
import static dev.countermark.fuzzing.Wire.hex;
import static dev.countermark.fuzzing.Wire.hmac;
import static dev.countermark.fuzzing.Wire.join;
import static dev.countermark.fuzzing.Wire.latin1;
import static dev.countermark.fuzzing.Wire.signed;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Verdict;
import dev.countermark.frameworks.DjangoCookie;
import dev.countermark.frameworks.DjangoJson;
import dev.countermark.frameworks.DjangoMessages;
import dev.countermark.frameworks.DjangoPasswordReset;
import dev.countermark.frameworks.DjangoRelease;
import dev.countermark.frameworks.DjangoSession;
import dev.countermark.frameworks.DjangoSessionData;
import dev.countermark.frameworks.DjangoSigner;
import dev.countermark.frameworks.DjangoTimestampSigner;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** Any value and any date in what Django signs, under a good signature. */
class DjangoFuzz {

    private static final String SESSION = "django.contrib.sessions.backends.signed_cookies";
    private static final DjangoPasswordReset.User USER =
            new DjangoPasswordReset.User("7", "pbkdf2$hash", null, "ada@example.org");
    private static final List<Form> FORMS = List.of(Form.values());

    private static byte[] key(String salt) {
        return digest("SHA-256", bytes(salt + "signer"), Keys.SECRET);
    }

    private static byte[] cookieKey(String salt) {
        return digest("SHA-256", bytes(salt + "signer"), bytes("django.http.cookies"), Keys.SECRET);
    }

    /** What is signed, with the text of a value that is accepted. */
    private enum Form {
        SIGNER("a value") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var token = signed("SHA-256", key("django.core.signing.Signer"), value, ":");
                return DjangoSigner.of(Keys.KEYRING).check(text(token));
            }
        },
        TIMESTAMP_SIGNER("a value") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var token = dated("SHA-256", key("django.core.signing.TimestampSigner"), value, date, ":");
                var plain = DjangoTimestampSigner.of(Keys.KEYRING).clock(Keys.CLOCK);
                return (lenient ? plain.lenient() : plain).check(text(token), Duration.ofHours(1));
            }
        },
        JSON("{\"a\":1}") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var token = dated("SHA-256", key("django.core.signing"), base64Url(value), date, ":");
                var plain = DjangoJson.of(Keys.KEYRING).clock(Keys.CLOCK);
                return (lenient ? plain.lenient() : plain).check(text(token), Duration.ofHours(1));
            }
        },
        COOKIE("a value") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var token = dated("SHA-256", cookieKey("django.http.cookies.v2:2:idname"), value, date, ":");
                var plain = DjangoCookie.of(Keys.KEYRING, "name").salt("id").clock(Keys.CLOCK);
                return (lenient ? plain.lenient() : plain).check(text(token), Duration.ofHours(1));
            }
        },
        SESSION_COOKIE("{\"a\":1}") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var token = dated("SHA-256", key(SESSION), base64Url(value), date, ":");
                var plain = DjangoSession.of(Keys.KEYRING).clock(Keys.CLOCK);
                return (lenient ? plain.lenient() : plain).check(text(token));
            }
        },
        SESSION_DATA("{\"a\":1}") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var token = dated("SHA-256", key("django.contrib.sessions.SessionStore"), base64Url(value), date, ":");
                var plain = DjangoSessionData.of(Keys.KEYRING).clock(Keys.CLOCK);
                return (lenient ? plain.lenient() : plain).check(text(token));
            }
        },
        OLD_SESSION_DATA("{\"a\":1}") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var key = digest("SHA-1", bytes("django.contrib.sessionsSessionStore"), Keys.SECRET);
                var token = base64(join(hex(hmac("SHA-1", key, value)), bytes(":"), value));
                var plain = DjangoSessionData.of(Keys.KEYRING)
                        .release(DjangoRelease.V2_2)
                        .clock(Keys.CLOCK);
                return (lenient ? plain.lenient() : plain).check(text(token));
            }
        },
        MESSAGES("[[\"__json_message\",0,20,\"hi\"]]") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var token = dated("SHA-256", cookieKey("django.contrib.messages"), base64Url(value), date, ":");
                var plain = DjangoMessages.of(Keys.KEYRING).clock(Keys.CLOCK);
                return (lenient ? plain.lenient() : plain).check(text(token));
            }
        },
        PASSWORD_RESET("") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                // Seconds since 2001 in base 36; what is signed is the number. The date is tried as it stands.
                var count = value.length == 0 ? Long.toString(Keys.NOW - 978_307_200L) : latin1(value);
                var key =
                        digest("SHA-256", bytes("django.contrib.auth.tokens.PasswordResetTokenGenerator"), Keys.SECRET);
                var message = bytes("7pbkdf2$hash" + count + "ada@example.org");
                var mac = latin1(hex(hmac("SHA-256", key, message)));
                var every = new StringBuilder();
                for (int i = 0; i < mac.length(); i += 2) {
                    every.append(mac.charAt(i));
                }
                var written = value.length == 0 ? Long.toString(Long.parseLong(count), 36) : latin1(date);
                var plain = DjangoPasswordReset.of(Keys.KEYRING, ZoneOffset.UTC).clock(Keys.CLOCK);
                return (lenient ? plain.lenient() : plain).check(USER, written + "-" + every);
            }
        };

        private final String good;

        Form(String good) {
            this.good = good;
        }

        abstract Verdict<?> read(byte[] value, byte[] date, boolean lenient);

        static String text(byte[] token) {
            return latin1(token);
        }
    }

    static {
        for (var form : FORMS) {
            Bounds.reaches(form.read(bytes(form.good), bytes(base62(Keys.NOW)), false));
            Bounds.reaches(form.read(bytes(form.good), bytes(base62(Keys.NOW)), true));
        }
    }

    @FuzzTest
    void any_value_gets_a_verdict(byte[] data) {
        var input = new Input(data);
        var form = FORMS.get(input.choice(FORMS.size()));
        boolean lenient = input.choice(2) == 1;
        var date = input.choice(2) == 0 ? bytes(base62(Keys.NOW)) : input.line();
        var value = input.rest();
        Bounds.verdict(() -> form.read(value, date, lenient));
    }
}
