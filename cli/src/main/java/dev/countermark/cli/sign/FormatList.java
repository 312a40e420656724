package dev.countermark.cli.sign;

import dev.countermark.cli.formats.TokenFormats;
import dev.countermark.cli.terminal.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The list of formats and of their options, at the end of a help. */
final class FormatList {

    /** Columns of the list of formats; picocli's help is 80 wide. */
    private static final int WIDTH = 80;

    /** Where in them the meanings begin. */
    private static final int MEANING = 32;

    private static final Pattern SPACE = Pattern.compile(" ");

    private FormatList() {}

    /** A command whose help ends with the list of formats. */
    static CommandLine endingHelpOf(Object command) {
        var line = new CommandLine(command);
        line.getCommandSpec().usageMessage().footerHeading("%nFormats:%n").footer(list());
        return line;
    }

    private static String[] list() {
        var lines = new ArrayList<String>();
        for (var each : TokenFormats.all()) {
            entry(lines, "  " + each.usage(), each.summary());
            each.options().forEach((name, text) -> entry(lines, "    -o " + name + "=…", text));
        }
        return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
    }

    /** A name and what it means, in two columns: picocli would go on at the left edge. */
    private static void entry(List<String> lines, String name, String meaning) {
        if (name.length() >= MEANING) {
            fold(lines, "  ", name.strip(), "    ");
            fold(lines, " ".repeat(MEANING), meaning, " ".repeat(MEANING));
        } else {
            fold(lines, Answers.column(name, MEANING), meaning, " ".repeat(MEANING));
        }
    }

    /** @param further what stands before all lines but the first */
    private static void fold(List<String> lines, String first, String text, String further) {
        var line = new StringBuilder(first);
        int start = line.length();
        for (var word : SPACE.split(text, -1)) {
            if (line.length() > start && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                start = line.append(further).length();
            }
            line.append(line.length() > start ? " " : "").append(word);
        }
        lines.add(line.toString());
    }
}
