package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A real Express application on the other side. */
class LiveExpressTest {

    private static final Keyring KEYS =
            Keyring.of(SigningKey.weakText("new secret")).accepting(SigningKey.weakText("old secret"));
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Process application;
    private static URI address;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var folder = Programs.npm("express", "cookie-parser", "cookie-session", "cookie-signature", "keygrip");
        var builder = new ProcessBuilder("node", Programs.script("express.js").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("NODE_PATH", folder.resolve("node_modules").toString());
        application = builder.start();
        var out = new BufferedReader(new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8));
        address = URI.create("http://127.0.0.1:" + out.readLine());
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.destroy();
        }
    }

    private static HttpResponse<String> get(String path, String cookies) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path));
        return CLIENT.send(
                (cookies.isEmpty() ? request : request.header("Cookie", cookies)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static Map<String, String> cookies(HttpResponse<String> response) {
        var cookies = new HashMap<String, String>();
        for (var header : response.headers().allValues("set-cookie")) {
            var pair = header.substring(0, header.indexOf(';'));
            cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return cookies;
    }

    @Test
    void java_reads_what_express_set_and_express_what_java_rewrote() throws Exception {
        var set = get("/set", "");
        var cookies = cookies(set);

        var text = ExpressCookie.of(KEYS).read(cookies.get("text"));
        var object = ExpressJsonCookie.of(KEYS).read(cookies.get("json"));
        var session = ExpressSession.of(KEYS, "session").read(cookies.get("session"), cookies.get("session.sig"));
        assertThat(text).isEqualTo("héllo; & co.");
        assertThat(object).isEqualTo(json("{\"id\":7,\"f\":1e21,\"s\":\"<é\u2028>\",\"n\":[null,-0.5]}"));
        assertThat(session).isEqualTo(json("{\"user\":\"tobi\",\"visits\":1}"));

        var visits = ((ObjectNode) session.deepCopy()).put("visits", 2);
        var rewritten = ExpressSession.of(KEYS, "session").write(visits);
        var see = get(
                "/see",
                "text=" + ExpressCookie.of(KEYS).write(text + "!") + "; json="
                        + ExpressJsonCookie.of(KEYS).write(object) + "; session=" + rewritten.value() + "; session.sig="
                        + rewritten.signature());
        var seen = json(see.body());
        assertThat(seen.path("signed").path("text").stringValue()).isEqualTo("héllo; & co.!");
        assertThat(seen.path("signed").path("json")).isEqualTo(object);
        assertThat(seen.path("session")).isEqualTo(visits);
    }

    @Test
    void java_writes_the_bytes_that_express_writes() throws Exception {
        var cookies = cookies(get("/set", ""));
        var object = ExpressJsonCookie.of(KEYS).read(cookies.get("json"));
        var session = ExpressSession.of(KEYS, "session");

        assertThat(ExpressCookie.of(KEYS).write("héllo; & co.")).isEqualTo(cookies.get("text"));
        assertThat(ExpressJsonCookie.of(KEYS).write(object)).isEqualTo(cookies.get("json"));
        assertThat(session.write(session.read(cookies.get("session"), cookies.get("session.sig"))))
                .isEqualTo(new ExpressSession.Cookies(cookies.get("session"), cookies.get("session.sig")));
    }

    @Test
    void a_cookie_that_was_changed_is_none_to_either() throws Exception {
        var cookie = ExpressCookie.of(KEYS).write("tobi").replace("tobi", "toby");

        assertThat(ExpressCookie.of(KEYS).check(cookie).orNull()).isNull();
        assertThat(json(get("/see", "text=" + cookie).body()).path("signed").path("text"))
                .isEqualTo(json("false"));
    }

    @Test
    void signatures_alone_go_both_ways() throws Exception {
        var set = json(get("/set", "").body());
        assertThat(ExpressSignature.of(KEYS).read(set.get("signed").stringValue()))
                .isEqualTo("tobi");
        assertThat(Keygrip.of(KEYS).index("data", set.get("grip").stringValue()))
                .isZero();

        var signed = URLEncoder.encode(ExpressSignature.of(KEYS).write("a.b é"), StandardCharsets.UTF_8);
        var old = Keygrip.of(Keyring.of(SigningKey.weakText("old secret"))).write("data");
        var checked = json(get("/check?signed=" + signed + "&grip=" + old, "").body());
        assertThat(checked).isEqualTo(json("{\"unsigned\":\"a.b é\",\"index\":1}"));
    }
}
