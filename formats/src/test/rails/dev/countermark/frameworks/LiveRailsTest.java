package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The ActiveSupport that is installed, on the other side. */
class LiveRailsTest {

    private static final String SECRET = "a secret of Rails";
    private static final Keyring KEYS = Keyring.of(SigningKey.weakText(SECRET));
    private static final JsonNode VALUE =
            JsonMapper.shared().readTree("{\"id\":7,\"text\":\"<é\u2028>&\",\"f\":[1.0,1e20,1e-9,null,true]}");

    @BeforeAll
    static void require() throws InterruptedException {
        Programs.require(List.of("ruby", "-ractive_support", "-e", "0"), "Ruby's activesupport is not installed");
    }

    private static ObjectNode request(String digest) {
        var request =
                JsonMapper.shared().createObjectNode().put("secret", SECRET).put("digest", digest);
        return request.set("value", VALUE);
    }

    private static JsonNode ask(JsonNode request) throws Exception {
        var ruby = new ProcessBuilder("ruby", Programs.script("rails.rb").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = ruby.getOutputStream()) {
            in.write(request.toString().getBytes(StandardCharsets.UTF_8));
        }
        return JsonMapper.shared().readTree(ruby.getInputStream().readAllBytes());
    }

    /** What differs between the lines of Rails is what readers of both understand; this one reads all. */
    private static RailsMessageVerifier<JsonNode> verifier(Hmac hmac) {
        return RailsMessageVerifier.ofPlainJson(KEYS).digest(hmac);
    }

    @Test
    void java_reads_what_rails_wrote_and_rails_what_java_wrote() throws Exception {
        var verifier = verifier(Hmac.SHA256);
        var answer = ask(request("SHA256").put("message", verifier.write(VALUE)));

        assertThat(verifier.read(answer.get("message").stringValue())).isEqualTo(VALUE);
        assertThat(answer.get("verified")).isEqualTo(VALUE);
        assertThat(answer.get("message").stringValue()).isEqualTo(verifier.write(VALUE));
    }

    @Test
    void purposes_and_expiries_go_both_ways() throws Exception {
        var verifier = verifier(Hmac.SHA1).purpose("login");
        var request = request("SHA1").put("purpose", "login").put("expires_in", 600);
        var answer = ask(request.put("message", verifier.write(VALUE, Duration.ofMinutes(10))));

        assertThat(verifier.read(answer.get("message").stringValue())).isEqualTo(VALUE);
        assertThat(answer.get("verified")).isEqualTo(VALUE);
        var late = verifier.write(VALUE, Duration.ofMinutes(-10));
        assertThat(ask(request.put("message", late)).get("verified").isNull()).isTrue();
        var other = verifier.purpose("reset").write(VALUE);
        assertThat(ask(request.put("message", other)).get("verified").isNull()).isTrue();
    }

    @Test
    void marshal_goes_through_as_it_is() throws Exception {
        var verifier = RailsMessageVerifier.ofMarshal(KEYS).digest(Hmac.SHA256);
        var request = request("SHA256").put("marshal", true);
        var marshal = Base64.getDecoder().decode(ask(request).get("marshal").stringValue());

        var answer = ask(request.put("message", verifier.write(marshal)));
        assertThat(answer.get("verified")).isEqualTo(VALUE);
        assertThat(verifier.read(answer.get("message").stringValue())).isEqualTo(marshal);
    }

    @Test
    void keys_are_derived_alike() throws Exception {
        var key = RailsKeyGenerator.of(RailsRelease.V6_1)
                .generate(KEYS.primary(), "signed cookie".getBytes(StandardCharsets.UTF_8), 64);

        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo(ask(request("SHA1")).get("key").stringValue());
    }
}
