package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands that pages give, in their blocks and in their sentences: each is one that there is, with options that it has.
 * Some are run too; those that need more than is here are only looked at.
 */
class CommandOptionsIT {

    private static final Pattern COMMAND = Pattern.compile("\\bcountermark((?: [a-z]+)+)(?![\\w-])([^|;)]*)");

    private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z-]+");

    private static final Pattern IN_A_SENTENCE = Pattern.compile("`((?:\\./)?countermark [^`]+)`");

    @TempDir
    Path folder;

    @Test
    void the_options_that_pages_give_are_options_that_commands_have() throws Exception {
        var used = new TreeMap<String, Set<String>>();
        for (var line : lines()) {
            options(line)
                    .forEach((command, options) -> used.computeIfAbsent(command, each -> new TreeSet<>())
                            .addAll(options));
        }
        assertThat(used).containsKeys("serve", "tokens revoke", "keys list", "audit");
        var console = new Console(folder);
        for (var each : used.entrySet()) {
            var help = console.output("./countermark " + each.getKey() + " --help");
            assertThat(help).as("countermark %s --help", each.getKey()).startsWith("Usage: countermark");
            for (var option : each.getValue()) {
                assertThat(help).as("countermark %s", each.getKey()).containsPattern(option + "(?![a-z-])");
            }
        }
    }

    @Test
    void every_command_of_a_line_is_seen() {
        assertThat(options("countermark tokens list --data d | ./countermark verify --json -; countermark nodes"))
                .isEqualTo(Map.of("tokens list", Set.of("--data"), "verify", Set.of("--json"), "nodes", Set.of()));
        assertThat(options("countermark tokens restored refuse_issued_before"))
                .isEqualTo(Map.of("tokens restored", Set.of()));
    }

    /** The commands of a line, without the program's name, and what stands behind each. */
    private static Map<String, Set<String>> options(String line) {
        var found = new TreeMap<String, Set<String>>();
        COMMAND.matcher(line)
                .results()
                .forEach(command -> found.computeIfAbsent(command.group(1).strip(), each -> new TreeSet<>())
                        .addAll(OPTION.matcher(command.group(2))
                                .results()
                                .map(MatchResult::group)
                                .toList()));
        return found;
    }

    private static List<String> lines() throws IOException {
        var lines = new ArrayList<String>();
        for (var language : List.of("console", "sh")) {
            for (var block : Pages.blocks(language)) {
                block.text().replace("\\\n", " ").lines().forEach(lines::add);
            }
        }
        for (var page : Pages.all()) {
            IN_A_SENTENCE
                    .matcher(Pages.prose(page).replace('\n', ' '))
                    .results()
                    .forEach(found -> lines.add(found.group(1)));
        }
        return lines;
    }
}
