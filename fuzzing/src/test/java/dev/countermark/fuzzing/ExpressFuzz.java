package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.base64;
import static dev.countermark.fuzzing.Wire.base64Url;
import static dev.countermark.fuzzing.Wire.bytes;
import static dev.countermark.fuzzing.Wire.hmac;
import static dev.countermark.fuzzing.Wire.join;
import static dev.countermark.fuzzing.Wire.latin1;
import static dev.countermark.fuzzing.Wire.utf8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.frameworks.ExpressCookie;
import dev.countermark.frameworks.ExpressJsonCookie;
import dev.countermark.frameworks.ExpressSession;
import dev.countermark.frameworks.ExpressSignature;
import dev.countermark.frameworks.Keygrip;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any value in what Express signs, under a good signature. */
class ExpressFuzz {

    private record Form(String good, Reader reader) {}

    private interface Reader {
        Verdict<?> read(byte[] value);
    }

    private static final List<Form> FORMS = List.of(
            new Form("a value", value -> ExpressSignature.of(Keys.KEYRING).check(utf8(signed(value)))),
            new Form(
                    "a value", value -> ExpressCookie.of(Keys.KEYRING).decoded().check("s:" + utf8(signed(value)))),
            new Form(
                    "a value",
                    value -> ExpressCookie.of(Keys.KEYRING)
                            .check(URLEncoder.encode("s:" + utf8(signed(value)), StandardCharsets.UTF_8)
                                    .replace("+", "%20"))),
            new Form(
                    "j:{\"a\":1}",
                    value -> ExpressJsonCookie.of(Keys.KEYRING).decoded().check("s:" + utf8(signed(value)))),
            new Form("{\"a\":1}", value -> session(latin1(base64(value)))),
            new Form("eyJhIjoxfQ==", value -> session(utf8(value))),
            new Form("data", value -> Keygrip.of(Keys.KEYRING).check(utf8(value), grip(bytes(utf8(value))))));

    private static byte[] signed(byte[] value) {
        var mac = latin1(base64(hmac("SHA-256", Keys.SECRET, value))).replace("=", "");
        return join(value, bytes("." + mac));
    }

    private static String grip(byte[] data) {
        return latin1(base64Url(hmac("SHA-1", Keys.SECRET, data)));
    }

    private static Verdict<?> session(String value) {
        return ExpressSession.of(Keys.KEYRING, "session").check(value, grip(bytes("session=" + value)));
    }

    static {
        FORMS.forEach(form -> Bounds.reaches(form.reader.read(bytes(form.good))));
    }

    @FuzzTest
    void any_value_gets_a_verdict(byte[] data) {
        var input = new Input(data);
        int which = input.choice(FORMS.size() + 3);
        if (which < FORMS.size()) {
            var value = input.rest();
            Bounds.verdict(() -> FORMS.get(which).reader.read(value));
            return;
        }
        // Nothing of ours in it: whatever the escapes come to, it is not signed.
        var text = which % 2 == 0 ? utf8(input.rest()) : latin1(input.rest());
        Verdict<?> verdict = Bounds.verdict(() -> which == FORMS.size()
                ? ExpressJsonCookie.of(Keys.OTHER_KEYRING).check(text)
                : ExpressCookie.of(Keys.OTHER_KEYRING).check(text));
        if (verdict instanceof Valid) {
            throw new AssertionError("nobody signed this");
        }
    }
}
