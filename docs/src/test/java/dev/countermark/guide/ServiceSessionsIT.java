package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.guide.Pages.Block;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sessions with the service: the README starts it, and it answers what any page asks on its port; of commands that need
 * more than is here, the options are checked.
 */
class ServiceSessionsIT {

    private static final Pattern COMMAND = Pattern.compile("countermark((?: [a-z]+)+)([^|;)]*)");

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

    @Test
    void the_options_that_pages_give_are_options_that_commands_have() throws Exception {
        var options = new TreeMap<String, TreeSet<String>>();
        var blocks = Stream.concat(
                Pages.blocks("console").stream().filter(ServiceSessionsIT::concerns), Pages.blocks("sh").stream());
        for (var block : blocks.toList()) {
            COMMAND.matcher(block.text())
                    .results()
                    .forEach(found -> options.computeIfAbsent(found.group(1), each -> new TreeSet<>())
                            .addAll(Pattern.compile("--[a-z-]+")
                                    .matcher(found.group(2))
                                    .results()
                                    .map(MatchResult::group)
                                    .toList()));
        }
        assertThat(options).containsKey(" serve");
        var console = new Console(folder);
        for (Map.Entry<String, TreeSet<String>> each : options.entrySet()) {
            var help = console.output("./countermark" + each.getKey() + " --help");
            assertThat(each.getValue()).as("countermark%s", each.getKey()).allMatch(help::contains);
        }
    }
}
