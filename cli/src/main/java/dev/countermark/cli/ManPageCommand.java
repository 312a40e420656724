package dev.countermark.cli;

import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code countermark generate-man-page}: prints the manual page, made from the same texts as {@code --help}. */
@Command(
        name = "generate-man-page",
        hidden = true,
        description = "Print the manual page: countermark generate-man-page > countermark.1",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ManPageCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    ManPageCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.out().print(page(spec.root()));
        return ExitCode.OK;
    }

    /** The whole page in the man macros of roff, section 1. */
    static String page(CommandSpec root) {
        var page = new StringBuilder(".TH COUNTERMARK 1\n.SH NAME\ncountermark \\- ")
                .append(text(sentence(root)))
                .append("\n.SH SYNOPSIS\n")
                .append(text(synopsis(root)))
                .append(
                        "\n.SH DESCRIPTION\nSigned tokens: byte\\-compatible with Python's itsdangerous, safe by default.\n")
                .append("Answers go to standard output, everything else to standard error.\n");
        root.subcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getValue)
                .map(CommandLine::getCommandSpec)
                .forEach(command -> section(page, command));
        page.append(".SH ENVIRONMENT\n");
        variable(page, "COUNTERMARK_KEY", "A key, used when neither --key nor --key-file is given.");
        variable(page, "COUNTERMARK_TOKEN", "The token to ask a server with.");
        variable(page, "COUNTERMARK_URL", "The server to ask in place of a database here, unless --url names another.");
        variable(page, "COUNTERMARK_HOME", "The data folder, instead of $XDG_DATA_HOME/countermark.");
        variable(page, "NO_COLOR", "No colours, when set and not empty.");
        page.append(".SH EXIT STATUS\n.nf\n");
        for (var line : root.usageMessage().footer()) {
            page.append(text(line)).append('\n');
        }
        return page.append(".fi\n").toString();
    }

    private static void section(StringBuilder page, CommandSpec command) {
        page.append(".SH ")
                .append(text(command.qualifiedName().toUpperCase(Locale.ROOT)))
                .append('\n');
        for (var line : command.usageMessage().description()) {
            page.append(text(line)).append('\n');
        }
        page.append(".PP\n").append(text(synopsis(command))).append('\n');
        for (var parameter : command.positionalParameters()) {
            item(page, parameter.paramLabel(), parameter);
        }
        for (var option : command.options()) {
            item(page, names(option), option);
        }
        if (command.usageMessage().footer().length > 0) {
            page.append(".PP\n.nf\n")
                    .append(text(CommandLine.Help.Ansi.OFF.string(command.usageMessage()
                            .footerHeading()
                            .replace("%n", "")
                            .strip())))
                    .append('\n');
            for (var line : command.usageMessage().footer()) {
                page.append(text(line.replace("%%", "%"))).append('\n');
            }
            page.append(".fi\n");
        }
    }

    private static void item(StringBuilder page, String label, CommandLine.Model.ArgSpec argument) {
        page.append(".TP\n.B ").append(text(label)).append('\n');
        for (var line : argument.description()) {
            page.append(text(line)).append('\n');
        }
    }

    private static void variable(StringBuilder page, String name, String meaning) {
        page.append(".TP\n.B ").append(name).append('\n').append(text(meaning)).append('\n');
    }

    private static String names(OptionSpec option) {
        var names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private static String sentence(CommandSpec command) {
        return String.join(" ", command.usageMessage().description());
    }

    private static String synopsis(CommandSpec command) {
        return new CommandLine.Help(command, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** A text in which roff finds nothing to act on. */
    private static String text(String line) {
        var escaped = line.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
