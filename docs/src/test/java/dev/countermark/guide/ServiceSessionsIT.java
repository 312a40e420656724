package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.guide.Pages.Block;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sessions with the service: the README starts it, and it answers what any page asks on its port. */
class ServiceSessionsIT {

    private static final String ON_ITS_PORT = "127.0.0.1:8080";

    @TempDir
    Path folder;

    /** Whether a session starts a service or talks to one. */
    static boolean concerns(Block block) {
        return block.text().contains("countermark serve") || block.text().contains(ON_ITS_PORT);
    }

    @Test
    void the_service_that_the_readme_starts_answers_what_pages_ask() throws Exception {
        var start = Pages.blocks(Pages.ROOT.resolve("README.md")).stream()
                .filter(block -> block.text().startsWith("$ ./countermark serve"))
                .findFirst()
                .orElseThrow();
        var console = new Console(folder);
        var builder = console.prepare("exec " + Console.commands(start));
        // Any port that is free: the one of the page may be taken here.
        builder.environment().put("SERVER_PORT", "0");
        try (var service = StartedService.start(builder, folder.resolve("service.log"))) {
            // The log stands between the lines.
            assertThat(service.printed()).containsPattern(Console.shown(start));
            var token = service.adminToken();
            var port = service.found("127\\.0\\.0\\.1:(\\d+)");
            for (var session : Pages.blocks("console")) {
                if (session.text().contains(ON_ITS_PORT)) {
                    var commands =
                            Console.commands(session).replace("cm_…", token).replace(":8080", ":" + port);
                    assertThat(console.output("ADMIN='" + token + "'\n" + commands))
                            .as(session.toString())
                            .matches(Console.shown(session));
                }
            }
        }
    }
}
