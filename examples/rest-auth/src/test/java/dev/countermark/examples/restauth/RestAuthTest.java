package dev.countermark.examples.restauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.spring.ApiTokenOptionsCustomizer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RestAuthTest {

    static final AtomicReference<Clock> CLOCK = new AtomicReference<>(Clock.systemUTC());

    @TempDir
    static Path folder;

    static ServletWebServerApplicationContext application;
    static String address;

    @BeforeAll
    static void start() {
        application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(RestAuth.class, Later.class)
                .run(
                        "--server.port=0",
                        "--countermark.key=n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w",
                        "--countermark.api-tokens.data-folder=" + folder);
        address = "http://127.0.0.1:" + application.getWebServer().getPort();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void the_tutorials_session_goes_as_in_the_tutorial() throws Exception {
        assumeTrue(hasCurl(), "curl is not installed: the session was not played");
        var session = new ProcessBuilder("sh", "session.sh", address)
                .redirectErrorStream(true)
                .start();
        var text = new String(session.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(session.waitFor()).as(text).isZero();
        assertThat(text).endsWith("as in the tutorial\n");
    }

    private static boolean hasCurl() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("curl").toFile())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_token_ends_after_ten_minutes() throws Exception {
        var token = application
                .getBean(ApiTokens.class)
                .issue(IssueRequest.forSubject("susan"))
                .text();
        assertThat(statusWith(token)).isEqualTo(200);
        CLOCK.set(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11)));
        try {
            assertThat(statusWith(token)).isEqualTo(401);
        } finally {
            CLOCK.set(Clock.systemUTC());
        }
    }

    private static int statusWith(String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + "/api/resource"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Its three classes; what the room says of itself is for those who read, and is not copied. */
    @Test
    void it_is_short() throws IOException {
        long lines = 0;
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file : files.filter(file -> Files.isRegularFile(file) && !file.endsWith("package-info.java"))
                    .toList()) {
                lines += Files.readAllLines(file).size();
            }
        }
        assertThat(lines).isBetween(100L, 149L);
    }

    @Configuration(proxyBeanMethods = false)
    static class Later {

        @Bean
        ApiTokenOptionsCustomizer clock() {
            var clock = new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException("UTC only");
                }

                @Override
                public Instant instant() {
                    return CLOCK.get().instant();
                }
            };
            return options -> options.clock(clock);
        }
    }
}
