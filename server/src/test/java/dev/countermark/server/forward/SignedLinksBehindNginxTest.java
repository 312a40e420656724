package dev.countermark.server.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SignedUrl;
import dev.countermark.SigningKey;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.server.Backend;
import dev.countermark.server.GuidePage;
import dev.countermark.server.Nginx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed links through a real nginx that takes a prefix off: as the guide configures it, and as it is written without thinking. */
class SignedLinksBehindNginxTest {

    private static final String ESCAPED = "/shop/a%2Cb%2Fc//d?name=x%2Cy&path=%2F";

    private final SignedUrl links = SignedUrl.of(Keyring.of(SigningKey.generate()), "download", Duration.ofDays(1))
            .behind("/shop");

    @TempDir
    Path folder;

    @BeforeEach
    void nginx_is_there() {
        assumeTrue(Nginx.program().isPresent(), "nginx is not installed; these tests are skipped");
    }

    /** What the service says of a link that went through nginx. */
    private Verdict<String> verdict(String location, String link) throws Exception {
        try (var backend = Backend.start();
                var nginx = Nginx.start(
                        folder,
                        "server { listen 80;\n"
                                + location.replace("127.0.0.1:8080", "127.0.0.1:" + backend.port())
                                + "}")) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + links.sign(link)));
            var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            var target = answer.body()
                    .lines()
                    .filter(line -> line.startsWith("target: "))
                    .findFirst()
                    .orElseThrow();
            return links.check(target.substring("target: ".length()));
        }
    }

    @Test
    void a_link_arrives_as_it_was_signed() throws Exception {
        var location = GuidePage.block("signed-links.md", "nginx");
        assertThat(location).contains("127.0.0.1:8080");
        assertThat(verdict(location, "/shop/report?id=7")).isInstanceOf(Valid.class);
        assertThat(verdict(location, ESCAPED)).isInstanceOf(Valid.class);
    }

    @Test
    void a_path_behind_proxy_pass_respells_it() throws Exception {
        var location = "location /shop/ { proxy_pass http://127.0.0.1:8080/; }\n";
        assertThat(verdict(location, "/shop/report?id=7")).isInstanceOf(Valid.class);
        assertThat(verdict(location, ESCAPED))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.SIGNATURE_MISMATCH));
    }
}
