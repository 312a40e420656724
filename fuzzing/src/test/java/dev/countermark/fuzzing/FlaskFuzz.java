package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.base64;
import static dev.countermark.fuzzing.Wire.base64Url;
import static dev.countermark.fuzzing.Wire.bytes;
import static dev.countermark.fuzzing.Wire.dated;
import static dev.countermark.fuzzing.Wire.hex;
import static dev.countermark.fuzzing.Wire.hmac;
import static dev.countermark.fuzzing.Wire.join;
import static dev.countermark.fuzzing.Wire.latin1;
import static dev.countermark.fuzzing.Wire.pythonKey;
import static dev.countermark.fuzzing.Wire.time;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.frameworks.FlaskCsrf;
import dev.countermark.frameworks.FlaskLogin;
import dev.countermark.frameworks.FlaskSession;
import dev.countermark.frameworks.StarletteSession;
import java.util.List;

/** Any value and any date in what Flask, its extensions and Starlette sign, under a good signature. */
class FlaskFuzz {

    private static final String SESSION_TOKEN = "0123456789abcdef0123456789abcdef01234567";
    private static final List<Form> FORMS = List.of(Form.values());

    /** What is signed, with the text of a value that is accepted. */
    private enum Form {
        SESSION("{\"a\":{\" t\":[1,{\" b\":\"AA==\"}]}}") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var key = hmac("SHA-1", Keys.SECRET, bytes("cookie-session"));
                var token = dated("SHA-1", key, base64Url(value), date, ".");
                var plain = FlaskSession.of(Keys.KEYRING).clock(Keys.CLOCK);
                var sessions = lenient ? plain.lenient() : plain;
                var verdict = sessions.check(latin1(token));
                if (!lenient
                        && verdict instanceof Valid<?>
                        && !(sessions.values().check(latin1(token)) instanceof Valid)) {
                    throw new AssertionError("a session that is read as a map is read as a value");
                }
                return verdict;
            }
        },
        CSRF("\"" + SESSION_TOKEN + "\"") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var token = dated("SHA-1", pythonKey(Keys.SECRET, "wtf-csrf-token"), base64Url(value), date, ".");
                var plain = FlaskCsrf.of(Keys.KEYRING).clock(Keys.CLOCK);
                var verdict = (lenient ? plain.lenient() : plain).check(latin1(token), SESSION_TOKEN);
                if (verdict instanceof Valid<String> valid && !valid.value().equals(SESSION_TOKEN)) {
                    throw new AssertionError("a form token counts only beside its session");
                }
                return verdict;
            }
        },
        LOGIN("ada") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var cookie = join(value, bytes("|"), hex(hmac("SHA-512", Keys.SECRET, value)));
                return FlaskLogin.of(Keys.KEYRING).check(Wire.utf8(cookie));
            }
        },
        STARLETTE("{\"a\": 1}") {
            @Override
            Verdict<?> read(byte[] value, byte[] date, boolean lenient) {
                var key = pythonKey(Keys.SECRET, "itsdangerous.Signer");
                var token = dated("SHA-1", key, base64(value), date, ".");
                var plain = StarletteSession.of(Keys.KEYRING).clock(Keys.CLOCK);
                return (lenient ? plain.lenient() : plain).check(latin1(token));
            }
        };

        private final String good;

        Form(String good) {
            this.good = good;
        }

        abstract Verdict<?> read(byte[] value, byte[] date, boolean lenient);
    }

    static {
        for (var form : FORMS) {
            Bounds.reaches(form.read(bytes(form.good), time(Keys.NOW), false));
            Bounds.reaches(form.read(bytes(form.good), time(Keys.NOW), true));
        }
    }

    @FuzzTest
    void any_value_gets_a_verdict(byte[] data) {
        var input = new Input(data);
        var form = FORMS.get(input.choice(FORMS.size()));
        boolean lenient = input.choice(2) == 1;
        var date = input.choice(2) == 0 ? time(Keys.NOW) : base64Url(input.line());
        var value = input.rest();
        Bounds.verdict(() -> form.read(value, date, lenient));
    }
}
