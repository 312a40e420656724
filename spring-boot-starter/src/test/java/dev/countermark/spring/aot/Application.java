package dev.countermark.spring.aot;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.spring.security.ApiTokenPrincipal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that is processed ahead of time and run in another JVM. Writes its port and a token to a file. */
@SpringBootApplication
@RestController
public class Application {

    private final ApiTokens tokens;

    Application(ApiTokens tokens) {
        this.tokens = tokens;
    }

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @GetMapping("/orders")
    @PreAuthorize("hasAuthority('SCOPE_orders:read')")
    String orders(@AuthenticationPrincipal ApiTokenPrincipal holder) {
        return holder.subject() + " " + AotDetector.useGeneratedArtifacts();
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        var context = (WebServerApplicationContext) event.getApplicationContext();
        var file = Path.of(event.getApplicationContext().getEnvironment().getRequiredProperty("ready.file"));
        var text = tokens.issue(IssueRequest.forSubject("ada").scopes("orders:read"))
                .text();
        try {
            Files.writeString(
                    file.resolveSibling("draft"), context.getWebServer().getPort() + "\n" + text + "\n");
            Files.move(file.resolveSibling("draft"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
