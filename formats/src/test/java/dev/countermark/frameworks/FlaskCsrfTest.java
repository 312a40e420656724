package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.json.PythonJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlaskCsrfTest {

    private static final Keyring KEYS = Keyring.of(SigningKey.generate());
    private static final String SESSION_TOKEN = "0123456789abcdef0123456789abcdef01234567";

    /** Found by fuzzing: null was taken for the token of any session. Flask-WTF ends in a TypeError for all of these. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "7", "[]", "{}"})
    void a_signed_value_that_is_no_text_counts_for_no_session(String json) {
        var signed = ItsDangerous.newest()
                .keys(PythonKeys.of(KEYS))
                .salt("wtf-csrf-token")
                .urlSafeTimedSerializer()
                .sign(PythonJson.standard().loads(json));

        assertThat(FlaskCsrf.of(KEYS).check(signed, SESSION_TOKEN)).isInstanceOf(Rejected.class);
        assertThat(FlaskCsrf.of(KEYS).lenient().check(signed, SESSION_TOKEN)).isInstanceOf(Rejected.class);
    }
}
