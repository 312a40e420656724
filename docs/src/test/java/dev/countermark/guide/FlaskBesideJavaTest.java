package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the two programs of the page beside each other: Flask with its own server, and the Java service. */
class FlaskBesideJavaTest {

    private static final String PAGE = "flask-and-java.md";

    private static final String SECRET_KEY = "7e1c3f0a9b5d48e2a6f4c8d01b37e95f";

    private static final String SERVE = """
            from reports import app
            from werkzeug.serving import make_server
            server = make_server("127.0.0.1", 0, app)
            print(server.port, flush=True)
            server.serve_forever()
            """;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Process flask;
    private HttpServer java;
    private int flaskPort;

    @BeforeEach
    void start() throws Exception {
        var python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python), "skipped: no /usr/bin/python3");
        var available = new ProcessBuilder(python.toString(), "-c", "import flask, itsdangerous").start();
        assumeTrue(available.waitFor() == 0, "skipped: python3-flask is not installed");

        Files.writeString(
                folder.resolve("reports.py"), Pages.blocks(PAGE, "python").get(0));
        var builder = new ProcessBuilder(python.toString(), "-c", SERVE)
                .directory(folder.toFile())
                .redirectError(folder.resolve("flask.log").toFile());
        builder.environment().put("SECRET_KEY", SECRET_KEY);
        flask = builder.start();
        var port = new BufferedReader(new InputStreamReader(flask.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(port).as(Files.readString(folder.resolve("flask.log"))).matches("\\d+");
        flaskPort = Integer.parseInt(port);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (java != null) {
            java.stop(0);
        }
        if (flask != null) {
            flask.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_login_at_flask_counts_in_java_and_a_link_of_java_counts_in_flask() throws Exception {
        JavaSources.compile(folder, Map.of("Links", Pages.blocks(PAGE, "java").get(0)));
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            java = (HttpServer) loader.loadClass("Links")
                    .getMethod("start", String.class, int.class)
                    .invoke(null, SECRET_KEY, 0);
            int javaPort = java.getAddress().getPort();

            var login = get(flaskPort, "/login/ada", "");
            assertThat(login.body()).isEqualTo("hello ada");
            var setCookie = login.headers().firstValue("Set-Cookie").orElseThrow();
            var cookie = setCookie.substring(0, setCookie.indexOf(';'));

            var link = get(javaPort, "/link", cookie);
            assertThat(link.statusCode()).isEqualTo(200);
            assertThat(get(flaskPort, link.body(), "").body()).isEqualTo("report 7 of ada");

            assertThat(get(javaPort, "/link", cookie.replace("session=", "session=x"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(get(javaPort, "/link", "").statusCode()).isEqualTo(401);
            assertThat(get(flaskPort, link.body().replace("token=", "token=x"), "")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private HttpResponse<String> get(int port, String path, String cookie) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        List.of(cookie).stream().filter(each -> !each.isEmpty()).forEach(each -> request.header("Cookie", each));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
