package dev.countermark.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class JwsFormatsTest {

    private static final String FORUM = "eyJhbGciOiJIUzI1NiIsImV4cCI6MTQ0MzEwODAyMywiaWF0IjoxNDQzMTA0NDIzfQ"
            + ".eyJpZCI6ImZvb2JhciJ9.eCD3zKK1lYT8cZ9w8g0YVpaF-1rR-k6UNCYq9dHmvGo";
    private static final String KEY = "85UVfUbboxQqvcLMsnW6rxpF881xCPjfOFRLMZMDj5g";
    private static final String NOON = "2026-11-23T12:00:00Z";
    private static final String VALUE = "{\"sub\":\"ada\"}";

    @TempDir
    Path home;

    private Session session;

    @BeforeEach
    void start() {
        session = new Session(home);
    }

    @Test
    void the_token_of_the_forum_post_is_written_and_read() {
        var format = "itsdangerous@0.24:timed-jws";
        var signed = session.run(
                "sign",
                "--format",
                format,
                "--key",
                "sekrit",
                "-o",
                "header-order=alg,exp,iat",
                "--at",
                "2015-09-24T14:20:23Z",
                "{\"id\": \"foobar\"}");
        assertThat(signed.err()).isEmpty();
        assertThat(signed.line()).isEqualTo(FORUM);

        var inside =
                session.run("verify", "--format", format, "--key", "sekrit", "--at", "2015-09-24T15:20:23Z", FORUM);
        assertThat(inside.code()).isZero();
        assertThat(inside.line()).isEqualTo("{\"id\":\"foobar\"}");

        var today = session.run("verify", "--format", format, "--key", "sekrit", FORUM);
        assertThat(today.code()).isEqualTo(2);
        assertThat(today.line()).isEqualTo("expired: Signature expired; it was issued at 2015-09-24T14:20:23Z");
    }

    @Test
    void the_release_chooses_the_algorithm_and_the_salt_the_key() {
        var one = session.run("sign", "-f", "itsdangerous:jws", "--key", "k", "[1]")
                .line();
        var salted = session.run("sign", "-f", "itsdangerous:jws", "--key", "k", "--salt", "s", "[1]")
                .line();
        assertThat(one).startsWith("eyJhbGciOiJIUzUxMiJ9.WzFd.").isNotEqualTo(salted);
        assertThat(session.run("verify", "-f", "itsdangerous@1.1.0:jws", "--key", "k", "--salt", "s", salted)
                        .code())
                .isZero();
        assertThat(session.run("verify", "-f", "itsdangerous@1.1.0:jws", "--key", "k", salted)
                        .code())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"yes, 0", "true, 0", "no, 1", "false, 1"})
    void lenient_is_yes_or_no_everywhere(String lenient, int code) {
        var token = session.run("sign", "-f", "itsdangerous:signer", "--key", "k", "value")
                .line();
        assertThat(session.run(
                                "verify",
                                "-f",
                                "itsdangerous:signer",
                                "--key",
                                "k",
                                "-o",
                                "lenient=" + lenient,
                                token + "=")
                        .code())
                .isEqualTo(code);
        var jws = session.run("sign", "-f", "itsdangerous@0.24:jws", "--key", "k", "[1]")
                .line();
        assertThat(session.run(
                                "verify",
                                "-f",
                                "itsdangerous@0.24:jws",
                                "--key",
                                "k",
                                "-o",
                                "lenient=" + lenient,
                                jws + "=")
                        .code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "itsdangerous@2.2.0:jws, x=y",
        "itsdangerous@2.1.0:timed-jws, x=y",
        "itsdangerous@0.24:jws, alg=none",
        "itsdangerous@0.24:jws, alg=RS256",
        "itsdangerous@0.24:jws, lenient=loose",
        "itsdangerous:signer, lenient=loose",
        "jwt, alg=none",
        "jwt, ignore=exp",
        "jwt, expiry=never"
    })
    void what_the_user_can_mend_is_a_usage_error(String format, String option) {
        var run = session.run("sign", "-f", format, "--key", KEY, "-e", "1h", "-o", option, VALUE);
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).doesNotContain(KEY);
        assertThat(run.out()).isEmpty();
    }

    private static String[] concat(String[] first, String... then) {
        return Stream.of(first, then).flatMap(Stream::of).toArray(String[]::new);
    }

    private String jwt(String... more) {
        return session.run(concat(new String[] {"sign", "-f", "jwt", "--key", KEY, "--at", NOON}, more))
                .line();
    }

    private Session.Run verify(String at, String... more) {
        return session.run(concat(new String[] {"verify", "-f", "jwt", "--key", KEY, "--at", at}, more));
    }

    @Test
    void a_jwt_expires_at_the_second_of_its_expiry() {
        var token = jwt("-e", "1h", VALUE);
        assertThat(verify("2026-11-23T12:59:59Z", token).line()).isEqualTo(VALUE);
        assertThat(verify("2026-11-23T13:00:00Z", token).code()).isEqualTo(2);
    }

    @Test
    void a_jwt_has_an_expiry_unless_somebody_says_otherwise() {
        assertThat(session.run("sign", "-f", "jwt", "--key", KEY, VALUE).code()).isEqualTo(64);
        var token = jwt("-o", "expiry=none", VALUE);
        assertThat(verify(NOON, token).code()).isEqualTo(1);
        assertThat(verify(NOON, "-o", "expiry=none", token).line()).isEqualTo(VALUE);
    }

    @Test
    void issuer_and_audience_are_demanded_or_ignored() {
        var token = jwt("-e", "1h", "-o", "iss=accounts", "-o", "aud=shop", VALUE);
        assertThat(verify(NOON, token).code()).isEqualTo(1);
        assertThat(verify(NOON, "-o", "iss=accounts", "-o", "aud=office", token).code())
                .isEqualTo(1);
        assertThat(verify(NOON, "-o", "iss=accounts", "-o", "aud=shop", token).code())
                .isZero();
        var json = JsonMapper.shared()
                .readTree(verify(NOON, "--json", "-o", "ignore=iss,aud", token).out());
        assertThat(json.path("issuer").stringValue()).isEqualTo("accounts");
        assertThat(json.path("audience").path(0).stringValue()).isEqualTo("shop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -o aud=shop                 |                         | its audience is shop, and none was expected; say -o aud=shop, or
            -o aud=shop                 | -o aud=office           | its audience is shop, which is not that of -o aud; say -o aud=shop, or -o ignore=aud
            -o aud=shop                 | -o ignore=iss           | its audience is shop, and none was expected
            -o aud=shop -o iss=accounts |                         | its issuer is accounts, and none was expected; say -o iss=accounts, or -o ignore=iss
            -o aud=shop -o iss=accounts | -o iss=accounts         | its audience is shop
            -o iss=accounts             | -o iss=bank             | its issuer is accounts, which is not that of -o iss
            -o iss=accounts             | -o aud=shop -o iss=bank | its issuer is accounts
            -o typ=at+jwt               |                         | its type is at+jwt, and JWT was expected; say -o typ=at+jwt, or -o ignore=typ
            -o typ=at+jwt -o aud=shop   |                         | its type is at+jwt
                                        | -o typ=at+jwt           | its type is JWT, which is not that of -o typ
                                        | -o aud=shop             | it names no audience, and -o aud demands one
                                        | -o iss=accounts         | it names no issuer, and -o iss demands one
            """)
    void the_claim_that_is_not_the_expected_one_is_named_with_its_option(
            String signing, String verifying, String sentence) {
        var token = jwt(concat(new String[] {"-e", "1h", VALUE}, words(signing)));
        var run = verify(NOON, concat(new String[] {token}, words(verifying)));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.line()).startsWith("rejected: " + sentence);
        assertThat(verify("2026-11-24T12:00:00Z", concat(new String[] {token}, words(verifying)))
                        .line())
                .isEqualTo(run.line());
        var forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(43);
        assertThat(verify(NOON, concat(new String[] {forged}, words(verifying))).line())
                .isEqualTo("rejected: the signature does not match");
    }

    private static String[] words(String text) {
        return text == null ? new String[0] : text.split(" ");
    }

    @Test
    void what_a_terminal_could_act_on_is_not_shown_of_a_claim() {
        var token = jwt("-e", "1h", "-o", "aud=\u001b[2Jshop", VALUE);
        assertThat(verify(NOON, token).line())
                .isEqualTo("rejected: its audience is not fit to be shown, and none was expected;"
                        + " say -o aud=…, or -o ignore=aud to take any");
    }

    @Test
    void a_key_can_be_a_json_web_key() {
        var jwk = "{\"kty\":\"oct\",\"kid\":\"a\",\"alg\":\"HS256\",\"k\":\"" + KEY + "\"}";
        var token = session.run("sign", "-f", "jwt", "--key", jwk, "-e", "1h", VALUE);
        assertThat(token.err()).isEmpty();
        assertThat(session.run("verify", "-f", "jwt", "--key", jwk, token.line())
                        .line())
                .isEqualTo(VALUE);
        assertThat(session.run("verify", "-f", "jwt", "--key", KEY, "--key-encoding", "base64", token.line())
                        .line())
                .isEqualTo(VALUE);
    }

    @Test
    void a_key_that_looks_like_base64_and_was_taken_for_a_text_is_a_hint() {
        var token = jwt("-e", "1h", "--key-encoding", "base64", VALUE);
        var run = verify(NOON, token, token);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).containsOnlyOnce("taken for a text; if it is bytes in base64, say --key-encoding base64");
        assertThat(verify(NOON, "--key-encoding", "base64", token + "A").err()).doesNotContain("base64");
        assertThat(verify(NOON, "--key-encoding", "base64", token).line()).isEqualTo(VALUE);
    }

    @Test
    void the_value_of_a_jwt_is_an_object() {
        var run = session.run("sign", "-f", "jwt", "--key", KEY, "-e", "1h", "[1]");
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains("the value is not a JSON object, for instance {\"sub\":\"ada\"}");
    }

    @Test
    void a_weak_key_is_refused_for_a_jwt() {
        assertThat(session.run("sign", "-f", "jwt", "--key", "sekrit", "-e", "1h", VALUE)
                        .code())
                .isEqualTo(64);
    }

    @Test
    void inspecting_tells_where_the_expiry_stands() {
        assertThat(session.run("inspect", FORUM).out())
                .startsWith("UNVERIFIED")
                .contains("expires by its header", "itsdangerous@0.24:timed-jws", "2015-09-24T15:20:23Z")
                .doesNotContain("JSON Web Token");
        assertThat(session.run("inspect", jwt("-e", "1h", VALUE)).out())
                .contains("a JSON Web Token, HS256: jwt", "2026-11-23T13:00:00Z")
                .doesNotContain("itsdangerous");
        assertThat(session.run("inspect", "--key", "sekrit", "--at", "2015-09-24T14:30:00Z", FORUM)
                        .out())
                .startsWith("valid as itsdangerous@0.24:timed-jws");
    }
}
