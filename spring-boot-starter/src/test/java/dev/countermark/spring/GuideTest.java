package dev.countermark.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

/** The guide page: what it shows is what an application needs, compiles, and runs. */
class GuideTest {

    private static final Path PAGE = Path.of("..", "docs", "guide", "spring-boot.md");

    /** What an editor would add. */
    private static final String IMPORTS = """
            import static dev.countermark.spring.test.ApiTokenRequests.apiToken;
            import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
            import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
            import dev.countermark.*;
            import dev.countermark.apitokens.*;
            import dev.countermark.spring.*;
            import dev.countermark.spring.security.*;
            import dev.countermark.spring.test.*;
            import java.time.Duration;
            import org.junit.jupiter.api.Test;
            import org.springframework.beans.factory.annotation.Autowired;
            import org.springframework.boot.test.context.SpringBootTest;
            import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
            import org.springframework.context.annotation.*;
            import org.springframework.context.event.EventListener;
            import org.springframework.security.access.prepost.PreAuthorize;
            import org.springframework.security.config.annotation.web.builders.HttpSecurity;
            import org.springframework.security.config.http.SessionCreationPolicy;
            import org.springframework.security.core.annotation.AuthenticationPrincipal;
            import org.springframework.security.web.SecurityFilterChain;
            import org.springframework.stereotype.Component;
            import org.springframework.test.web.servlet.MockMvc;
            import org.springframework.web.bind.annotation.*;
            """;

    @TempDir
    Path folder;

    static List<String> blocks(String language) throws IOException {
        var page = Files.readString(PAGE, StandardCharsets.UTF_8);
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    static Properties configuration() throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(blocks("properties").get(0)));
        return properties;
    }

    @Test
    void three_lines_of_configuration_at_most_and_the_dependency_that_is_built_here() throws Exception {
        assertThat(configuration()).hasSizeBetween(1, 3);
        var pom = Files.readString(Path.of("pom.xml"), StandardCharsets.UTF_8);
        for (var line : blocks("xml").get(0).lines().toList()) {
            if (line.contains("artifactId") || line.contains("version")) {
                assertThat(pom).contains(line.strip());
            }
        }
    }

    @Test
    void an_application_made_of_the_page_runs_with_and_without_its_own_chain() throws Exception {
        try (var classes = compiled()) {
            run(classes, false);
            run(classes, true);
        }
    }

    private URLClassLoader compiled() throws IOException {
        var files = new ArrayList<String>();
        for (var block : blocks("java")) {
            var name = Pattern.compile("class (\\w+)").matcher(block);
            assertThat(name.find()).isTrue();
            var file = folder.resolve(name.group(1) + ".java");
            Files.writeString(file, "package guide;\n" + IMPORTS + block);
            files.add(file.toString());
        }
        var arguments = new ArrayList<>(List.of("-proc:none", "-parameters", "-d", folder.toString(), "-cp"));
        arguments.add(System.getProperty("java.class.path"));
        arguments.addAll(files);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    private void run(ClassLoader classes, boolean ownChain) throws Exception {
        var sources = new ArrayList<Class<?>>(List.of(Plain.class));
        for (var name : List.of("Orders", "Accounts", "PasswordResets", "Reminders")) {
            sources.add(classes.loadClass("guide." + name));
        }
        if (ownChain) {
            sources.add(classes.loadClass("guide.Security"));
        }
        var properties = configuration();
        properties.setProperty("COUNTERMARK_KEY", "n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w");
        properties.setProperty("countermark.api-tokens.data-folder", folder + File.separator + "data" + ownChain);
        properties.setProperty("server.port", "0");
        try (var application =
                (ServletWebServerApplicationContext) new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                        .resourceLoader(new DefaultResourceLoader(classes))
                        .properties(properties)
                        .run()) {
            var accounts = application.getBean(classes.loadClass("guide.Accounts"));
            var newToken = accounts.getClass().getMethod("newToken", String.class);
            var token = (String) newToken.invoke(accounts, "ada");
            int port = application.getWebServer().getPort();
            assertThat(get(port, "/orders", token).body()).isEqualTo("orders of ada");
            assertThat(get(port, "/orders", "x").statusCode()).isEqualTo(401);
            assertThat(get(port, "/public/x", token).statusCode()).isEqualTo(404);
            assertThat(post(port, "/public/x").statusCode()).isEqualTo(ownChain ? 404 : 401);
            accounts.getClass().getMethod("logOutEverywhere", String.class).invoke(accounts, "ada");
            assertThat(get(port, "/orders", token).statusCode()).isEqualTo(401);
            var resets = application.getBean(classes.loadClass("guide.PasswordResets"));
            var link = resets.getClass().getMethod("link", String.class).invoke(resets, "ada");
            assertThat(resets.getClass().getMethod("user", String.class).invoke(resets, link))
                    .isEqualTo("ada");
        }
    }

    private static HttpResponse<String> get(int port, String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}
}
