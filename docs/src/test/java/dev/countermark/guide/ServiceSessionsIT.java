package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.guide.Pages.Block;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sessions with the service: that of the README is held with a service that runs, of the others the options count. */
class ServiceSessionsIT {

    private static final Pattern COMMAND = Pattern.compile("countermark((?: [a-z]+)+)([^|;)]*)");

    @TempDir
    Path folder;

    /** Whether a session starts a service or talks to one. */
    static boolean concerns(Block block) {
        return block.text().contains("countermark serve") || block.text().contains("127.0.0.1:8080");
    }

    @Test
    void the_readme_starts_a_service_issues_a_token_and_verifies_it() throws Exception {
        var sessions = Pages.blocks(Pages.ROOT.resolve("README.md")).stream()
                .filter(block -> block.language().equals("console") && concerns(block))
                .toList();
        assertThat(sessions).hasSize(2);
        var console = new Console(folder);
        var builder = console.prepare("exec " + Console.commands(sessions.get(0)))
                .redirectError(folder.resolve("service.log").toFile());
        // Any port that is free: the one of the page may be taken here.
        builder.environment().put("SERVER_PORT", "0");
        var service = builder.start();
        try (var lines = new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
            var printed = new StringBuilder();
            while (!printed.toString().contains("Admin page:")) {
                var line = lines.readLine();
                assertThat(line).as("the service ended after\n%s", printed).isNotNull();
                printed.append(line).append('\n');
            }
            // The log stands between the lines.
            assertThat(printed.toString()).containsPattern(Console.shown(sessions.get(0)));
            var token = found("(?m)^ +(cm_\\S+)$", printed);
            var port = found("127\\.0\\.0\\.1:(\\d+)", printed);
            var commands =
                    Console.commands(sessions.get(1)).replace("cm_…", token).replace(":8080", ":" + port);
            assertThat(console.output(commands)).matches(Console.shown(sessions.get(1)));
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    private static String found(String pattern, CharSequence text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    @Test
    void the_options_that_pages_give_are_options_that_commands_have() throws Exception {
        var options = new TreeMap<String, TreeSet<String>>();
        for (var block : Pages.blocks("console")) {
            if (concerns(block)) {
                COMMAND.matcher(Console.commands(block)).results().forEach(found -> {
                    var given = options.computeIfAbsent(found.group(1), each -> new TreeSet<>());
                    Pattern.compile(" (--[a-z-]+)")
                            .matcher(found.group(2))
                            .results()
                            .forEach(o -> given.add(o.group(1)));
                });
            }
        }
        assertThat(options).containsKey(" serve");
        var console = new Console(folder);
        for (Map.Entry<String, TreeSet<String>> each : options.entrySet()) {
            var help = console.output("./countermark" + each.getKey() + " --help");
            assertThat(each.getValue()).as("countermark%s", each.getKey()).allMatch(help::contains);
        }
    }
}
