package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.IssueRequest;
import dev.countermark.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin page in a real browser: what people do there, with scripts and without, and whether everybody can. */
class BrowserTest {

    private static final String SUBMIT = "form.stack button.main";
    private static final String PASTE = "\uE009v\uE000";
    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";

    private static RunningServer server;
    private static Browser browser;
    private static String axe;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        server = RunningServer.start();
        try (var script = BrowserTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            browser.close();
        }
    }

    @AfterEach
    void leave() {
        browser.scripts(true);
        browser.forgetCookies();
    }

    private static void login() {
        browser.go(server.uri("/admin"));
        browser.type("#token", server.adminToken());
        browser.follow(SUBMIT);
        assertThat(browser.text("h1")).isEqualTo("Tokens");
    }

    private static int verified(String token) {
        return server.get("/verify", token).statusCode();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_token_is_issued_used_rotated_and_revoked(boolean scripts) {
        browser.scripts(scripts);
        login();
        browser.follow("//main//a[text()='Issue a token']");
        browser.type("#subject", "alice");
        browser.type("#name", "laptop");
        browser.type("#scopes", "packages:read");
        browser.follow(SUBMIT);
        assertThat(browser.text("h1")).isEqualTo("New token");
        var token = shownText(scripts);
        assertThat(verified(token)).isEqualTo(200);
        assertThat(browser.url()).doesNotContain(token);
        assertThat(browser.has("#copy[hidden]")).isEqualTo(!scripts);

        browser.follow("//main//a[text()='Done']");
        browser.follow("//main//a[text()='Rotate']");
        browser.follow(SUBMIT);
        var successor = shownText(scripts);
        assertThat(verified(successor)).isEqualTo(200);
        assertThat(verified(token)).isEqualTo(200);

        browser.follow("//main//a[text()='Done']");
        browser.follow("//main//a[text()='Revoke']");
        assertThat(verified(successor)).isEqualTo(200);
        browser.follow("//button[text()='Revoke the token']");
        assertThat(browser.text("#said")).contains("The token is revoked.");
        assertThat(browser.text("h1")).contains("Revoked");
        assertThat(verified(successor)).isEqualTo(401);

        browser.follow("//main//a[text()='All tokens of this subject']");
        browser.follow("//main//a[text()='Revoke all of this subject']");
        browser.follow("//button[text()='Revoke all its tokens']");
        assertThat(browser.text("#said")).contains("All tokens of the subject are revoked.");
        assertThat(verified(token)).isEqualTo(401);

        browser.follow("//nav//a[text()='Inspect']");
        browser.type("#token", token);
        browser.follow(SUBMIT);
        assertThat(browser.text("#finding")).isEqualTo("Revoked");

        browser.follow("//button[text()='Log out']");
        assertThat(browser.text("#said")).isEqualTo("You are logged out.");
        browser.go(server.uri("/admin/tokens"));
        assertThat(browser.url()).endsWith("/admin/login");
    }

    @Test
    void the_copy_button_copies_and_says_so() {
        login();
        browser.devTools(
                "Browser.grantPermissions",
                Map.of("permissions", new String[] {"clipboardReadWrite", "clipboardSanitizedWrite"}));
        browser.go(server.uri("/admin/tokens/new"));
        browser.type("#subject", "copied");
        browser.follow(SUBMIT);
        var token = browser.value("#secret");
        browser.click("#copy");
        assertThat(browser.text("#said p")).isEqualTo("The token is in the clipboard.");
        browser.go(server.uri("/admin/inspect"));
        browser.type("#token", PASTE);
        browser.awaitText("return document.querySelector('#token').value", token);
    }

    private static String shownText(boolean scripts) {
        if (!scripts) {
            browser.follow("//button[text()='Show the token']");
        }
        return browser.value("#secret");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void going_back_does_not_bring_a_token_s_text_again(boolean scripts) {
        browser.scripts(scripts);
        login();
        browser.go(server.uri("/admin/tokens/new"));
        browser.type("#subject", "once");
        browser.follow(SUBMIT);
        var token = shownText(scripts);
        browser.follow("//main//a[text()='Done']");
        assertThat(browser.text("h1")).startsWith("Token of once");
        browser.back();
        assertThat(browser.has("#secret")).isFalse();
        assertThat(page()).doesNotContain(token);
        browser.back();
        assertThat(page()).doesNotContain(token);
    }

    @Test
    void reloading_does_not_bring_a_token_s_text_again() {
        login();
        browser.go(server.uri("/admin/tokens/new"));
        browser.type("#subject", "once");
        browser.follow(SUBMIT);
        var token = shownText(true);
        browser.reload();
        assertThat(browser.text("h1")).isEqualTo("Token text");
        assertThat(page()).doesNotContain(token);
    }

    private static String page() {
        return Objects.requireNonNull(
                browser.run("return document.documentElement.outerHTML").stringValue());
    }

    @Test
    void the_text_of_a_token_is_not_sent_as_a_search() {
        login();
        browser.type("#q", server.token("lost") + ENTER);
        assertThat(browser.has("#q:invalid")).isTrue();
        browser.clear("#q");
        browser.typeAndFollow("#q", "lost" + ENTER);
        assertThat(browser.url()).contains("/admin/tokens?q=lost");
        browser.back();
        assertThat(browser.url()).endsWith("/admin/tokens");
    }

    @Test
    void the_keyboard_alone_is_enough() {
        browser.go(server.uri("/admin/login"));
        browser.typeAndFollow("#token", server.adminToken() + ENTER);
        assertThat(browser.text("h1")).isEqualTo("Tokens");
        browser.type("body", TAB);
        awaitFocus("Skip to content");
        browser.type(":focus", ENTER);
        browser.awaitText("return document.activeElement.id", "main");
        browser.type(":focus", TAB);
        awaitFocus("Issue a token");
        browser.typeAndFollow(":focus", ENTER);
        browser.typeAndFollow("#subject", "keys" + ENTER);
        assertThat(browser.text("h1")).isEqualTo("New token");
    }

    private static void awaitFocus(String text) {
        browser.awaitText("return document.activeElement.innerText", text);
    }

    @Test
    void hostile_text_runs_nothing() {
        var hostile = "\"'><img src=x onerror=\"window.hostile=1\"><script>window.hostile=1</script>";
        var token = server.tokens()
                .issue(IssueRequest.forSubject(hostile).name(hostile).metadata(hostile, hostile));
        login();
        for (var path :
                new String[] {"", "/" + token.token().id(), "/" + token.token().id() + "/revoke"}) {
            browser.go(server.uri("/admin/tokens" + path));
            assertThat(browser.text("main")).contains("window.hostile=1");
            assertThat(browser.run("return typeof window.hostile").stringValue())
                    .isEqualTo("undefined");
            assertThat(browser.run("return document.querySelectorAll('main img, main script').length")
                            .intValue())
                    .isZero();
        }
    }

    /** Wide and narrow, each light and dark: colours are the style sheet's, so no page is loaded again for them. */
    @ParameterizedTest
    @CsvSource({"1280, 800", "390, 844"})
    void every_page_is_accessible(int width, int height) {
        browser.width(width, height);
        var added = browser.devTools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", axe));
        browser.go(server.uri("/admin/login"));
        assertAccessible("login");
        browser.type("#token", "none");
        browser.follow(SUBMIT);
        assertAccessible("login refused");
        login();
        for (var page : pages().entrySet()) {
            browser.go(server.uri("/admin" + page.getValue()));
            assertAccessible(page.getKey());
        }
        browser.go(server.uri("/admin/tokens/new"));
        browser.type("#subject", "carol");
        browser.type("#metadata", "wrong");
        browser.follow(SUBMIT);
        assertAccessible("form with an error");
        browser.clear("#metadata");
        browser.follow(SUBMIT);
        assertAccessible("text of a new token");
        var text = browser.value("#secret");
        browser.go(server.uri("/admin/inspect"));
        browser.type("#token", text);
        browser.follow(SUBMIT);
        assertAccessible("inspected token");
        browser.follow("//main//a[text()='Revoke']");
        browser.follow("form.acts button.danger");
        assertAccessible("revoked token");
        var identifier = Objects.requireNonNull(added.get("identifier").stringValue());
        browser.devTools("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", identifier));
    }

    private static Map<String, String> pages() {
        var tokens = server.tokens();
        var plain = tokens.issue(IssueRequest.forSubject("dave")
                        .name("build")
                        .scopes("a:read", "a:write")
                        .metadata("team", "x"))
                .token();
        var rotated = tokens.issue(IssueRequest.forSubject("x".repeat(255))).token();
        tokens.rotate(rotated.id(), Duration.ofHours(1));
        tokens.revoke(tokens.issue(IssueRequest.forSubject("eve")).token().id());
        var pages = new LinkedHashMap<String, String>();
        pages.put("list", "/tokens");
        pages.put("empty list", "/tokens?q=nobody&state=revoked");
        pages.put("list of a subject", "/tokens?q=dave");
        pages.put("search with an error", "/tokens?q=%07");
        pages.put("token", "/tokens/" + plain.id());
        pages.put("rotated token", "/tokens/" + rotated.id());
        pages.put("rotation", "/tokens/" + plain.id() + "/rotate");
        pages.put("revocation", "/tokens/" + plain.id() + "/revoke");
        pages.put("revocation of a subject", "/tokens/revoke-subject?subject=dave");
        pages.put("text shown before", "/tokens/" + plain.id() + "/text");
        pages.put("new token", "/tokens/new");
        pages.put("inspection", "/inspect");
        pages.put("keys", "/keys");
        pages.put("nodes", "/nodes");
        pages.put("audit", "/audit");
        pages.put("missing page", "/nothing");
        return pages;
    }

    /** Looks of every page, for people to look at, in the folder {@code -Dcountermark.looks=FOLDER}. */
    private static void keepLook(String page) {
        var folder = System.getProperty("countermark.looks");
        if (folder != null) {
            var media = browser.run(
                    "return innerWidth + (matchMedia('(prefers-color-scheme: dark)').matches ? ' dark' : ' light')");
            var file = Path.of(folder, page + " " + media.stringValue() + ".png");
            var image = browser.devTools("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
            try {
                var data = Objects.requireNonNull(image.get("data").stringValue());
                Files.write(file, Base64.getDecoder().decode(data));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void assertAccessible(String page) {
        for (boolean dark : new boolean[] {true, false}) {
            browser.dark(dark);
            keepLook(page);
            assertAccessibleAsShown(page + (dark ? ", dark" : ", light"));
        }
    }

    private static void assertAccessibleAsShown(String page) {
        var violations = browser.runUntilCalled(
                "const done = arguments[arguments.length - 1];"
                        + "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}).then(found => done(found.violations.map(violation =>"
                        + " violation.id + ': ' + violation.nodes.map(node => node.html).join(' ')))).catch(e => done([String(e)]))");
        assertThat(violations).as(page).isEmpty();
        assertThat(browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                        .intValue())
                .as(page + " is as wide as the screen")
                .isZero();
    }
}
