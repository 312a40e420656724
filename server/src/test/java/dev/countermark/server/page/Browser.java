package dev.countermark.server.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Chromium, driven by the W3C WebDriver protocol, as far as the tests of the page need it.
 *
 * <p>Elements are named by XPath, or by CSS where the text begins with {@code .}, {@code #} or a letter.
 */
final class Browser implements AutoCloseable {

    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final Pattern STARTED = Pattern.compile("started successfully on port ([0-9]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final Path profile;
    private final String address;

    private Browser(Process driver, Path profile, String root) {
        this.driver = driver;
        this.profile = profile;
        var options = Map.of(
                "args",
                List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile));
        var wanted = Map.of("alwaysMatch", Map.of("browserName", "chrome", "goog:chromeOptions", options));
        var session = call("POST", root + "/session", Map.of("capabilities", wanted));
        this.address = root + "/session/" + session.get("sessionId").stringValue();
        send("POST", "/timeouts", Map.of("implicit", PATIENCE.toMillis(), "pageLoad", 50_000, "script", 50_000));
    }

    /** Starts one, or skips the test where there is none. */
    static Browser start() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/chromium"))
                        && Files.isExecutable(Path.of("/usr/bin/chromedriver")),
                "chromium and chromium-driver are not installed: the admin page was not tested in a browser");
        try {
            var driver = new ProcessBuilder("/usr/bin/chromedriver", "--port=0")
                    .redirectErrorStream(true)
                    .start();
            return new Browser(
                    driver, Files.createTempDirectory("countermark-browser"), "http://127.0.0.1:" + port(driver));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String port(Process driver) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        var said = new ArrayList<String>();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            var port = STARTED.matcher(line);
            if (port.find()) {
                return port.group(1);
            }
        }
        throw new IOException("chromedriver did not start: " + said);
    }

    void go(URI page) {
        send("POST", "/url", Map.of("url", page.toString()));
    }

    String url() {
        return Objects.requireNonNull(send("GET", "/url", null).stringValue());
    }

    void back() {
        toAnotherPage("the way back", () -> send("POST", "/back", Map.of()));
    }

    void reload() {
        toAnotherPage("to load again", () -> send("POST", "/refresh", Map.of()));
    }

    /** Clicks what leads to another page, and waits for that: without scripts the driver may not. */
    void follow(String where) {
        toAnotherPage(where, () -> click(where));
    }

    /** Types what leads to another page, and waits for that: the driver need not, as a key is not a click. */
    void typeAndFollow(String where, String text) {
        toAnotherPage(where, () -> type(where, text));
    }

    private void toAnotherPage(String where, Runnable act) {
        var before = id("html");
        act.run();
        await(where + " led nowhere", () -> !id("html").equals(before) && loaded());
    }

    private boolean loaded() {
        return run("return document.readyState").stringValue().equals("complete");
    }

    /** Waits until a function's body answers a text in the page, which does some things only with its next frame. */
    void awaitText(String script, String expected) {
        await(
                "not in time as expected: " + script,
                () -> expected.equals(run(script).stringValue()));
    }

    private static void await(String otherwise, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Refused refused = null;
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (Refused e) {
                // About a page that is left while the driver looks at it: the next look is at another one.
                refused = e;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise, refused);
            }
        }
    }

    /** What the driver does not do, with its reason. */
    private static final class Refused extends AssertionError {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    void click(String where) {
        element(where, "POST", "/click", Map.of());
    }

    void type(String where, String text) {
        element(where, "POST", "/value", Map.of("text", text));
    }

    void clear(String where) {
        element(where, "POST", "/clear", Map.of());
    }

    String text(String where) {
        return Objects.requireNonNull(element(where, "GET", "/text", null).stringValue());
    }

    /** What an input holds. */
    String value(String where) {
        return Objects.requireNonNull(
                element(where, "GET", "/property/value", null).stringValue());
    }

    boolean has(String where) {
        send("POST", "/timeouts", Map.of("implicit", 0));
        try {
            return !send("POST", "/elements", locator(where)).isEmpty();
        } finally {
            send("POST", "/timeouts", Map.of("implicit", PATIENCE.toMillis()));
        }
    }

    private JsonNode element(String where, String method, String what, @Nullable Object body) {
        return send(method, "/element/" + id(where) + what, body);
    }

    /** Names an element of the page that is there now; another page has others. */
    private String id(String where) {
        return Objects.requireNonNull(
                send("POST", "/element", locator(where)).get(ELEMENT).stringValue());
    }

    private static Map<String, String> locator(String where) {
        return Map.of("using", where.startsWith("/") ? "xpath" : "css selector", "value", where);
    }

    /** Runs a function's body in the page. */
    JsonNode run(String script) {
        return send("POST", "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    /** Runs a function's body in the page, which calls its last argument with the result. */
    JsonNode runUntilCalled(String script) {
        return send("POST", "/execute/async", Map.of("script", script, "args", List.of()));
    }

    byte[] screenshot() {
        var image = send("GET", "/screenshot", null).stringValue();
        return Base64.getDecoder().decode(Objects.requireNonNull(image));
    }

    /** A command of the DevTools protocol. */
    JsonNode devTools(String command, Map<String, ?> parameters) {
        return send("POST", "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    void scripts(boolean allowed) {
        devTools("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
    }

    /** At once: without motion no colour is on its way to another. */
    void dark(boolean dark) {
        var scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        var motion = Map.of("name", "prefers-reduced-motion", "value", "reduce");
        devTools("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme, motion)));
    }

    void width(int width, int height) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    void forgetCookies() {
        devTools("Network.clearBrowserCookies", Map.of());
    }

    private JsonNode send(String method, String path, @Nullable Object body) {
        return call(method, address + path, body);
    }

    private JsonNode call(String method, String uri, @Nullable Object body) {
        var request = HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            var value = JSON.readTree(answer.body()).get("value");
            if (answer.statusCode() != 200) {
                throw new Refused(method + " " + uri + ": " + value.get("message"));
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            send("DELETE", "", null);
        } finally {
            driver.destroy();
        }
        try {
            driver.waitFor();
            await("something writes on in " + profile, this::deleteProfile);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Processes of the browser may outlive the driver for a moment. */
    private boolean deleteProfile() {
        try {
            FileSystemUtils.deleteRecursively(profile);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
