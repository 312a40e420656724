package dev.countermark.cli;

import dev.countermark.cli.terminal.Answers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in a sentence about its options, where picocli speaks of its types. */
final class WrongUsage {

    /** What somebody could have meant as a command; a key or a token is longer. */
    private static final Pattern COMMAND = Pattern.compile("[a-z-]{2,15}");

    /** What picocli puts in front of a converter's sentence. */
    private static final Pattern CONVERTED = Pattern.compile("^Invalid value for .*?: (?=')", Pattern.DOTALL);

    /** No key and no token is as short. */
    private static final int SHOWN = 20;

    private WrongUsage() {}

    static String of(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched);
        }
        if (mistake instanceof MissingParameterException missing) {
            return missing(missing.getMissing());
        }
        if (mistake instanceof MutuallyExclusiveArgsException) {
            return "give one of several that exclude each other; the help shows them with | in between";
        }
        if (mistake instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice";
        }
        var argument = mistake.getArgSpec();
        var message = String.valueOf(mistake.getMessage());
        if (argument == null || mistake.getValue() == null || !message.startsWith("Invalid value for ")) {
            return message;
        }
        return unreadable(argument, mistake.getValue(), message);
    }

    private static String unreadable(ArgSpec argument, String value, String message) {
        var type = argument.auxiliaryTypes()[0];
        if (type == boolean.class || type == Boolean.class) {
            return name(argument) + " takes no value";
        }
        var not = value.length() > SHOWN ? "" : ", not '" + Answers.printable(value) + "'";
        if (type == int.class || type == Integer.class) {
            return name(argument) + " is a whole number" + not;
        }
        if (type.isEnum()) {
            return name(argument) + " is one of "
                    + Stream.of(type.getEnumConstants())
                            .map(each -> each.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))
                    + not;
        }
        // A converter of ours has said it.
        return name(argument) + ": " + CONVERTED.matcher(message).replaceFirst("");
    }

    private static String missing(List<ArgSpec> missing) {
        if (missing.size() == 1 && missing.get(0).isOption()) {
            return name(missing.get(0)) + " needs a value: " + missing.get(0).paramLabel();
        }
        return "there is no "
                + missing.stream()
                        .filter(Objects::nonNull)
                        .map(WrongUsage::name)
                        .collect(Collectors.joining(" or "))
                + "; give one";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** What was not understood may be a key, for instance behind a misspelt --key=. */
    private static String unmatched(UnmatchedArgumentException unmatched) {
        var argument = unmatched.getUnmatched().get(0);
        int end = argument.indexOf('=');
        var commands = unmatched.getCommandLine().getSubcommands();
        if (!commands.isEmpty() && !argument.startsWith("-")) {
            return (COMMAND.matcher(argument).matches() ? "there is no command " + argument : "a command comes first")
                    + "; there are " + String.join(", ", visible(commands));
        }
        return !argument.startsWith("-")
                ? "there is an argument too many; put quotes around a value with spaces"
                : "there is no option "
                        + (argument.startsWith("--") && end > 0 ? argument.substring(0, end) : shown(argument))
                        + "; put -- before a token or value that begins with -";
    }

    /** Names of commands as the help lists them. */
    static List<String> visible(Map<String, CommandLine> commands) {
        return commands.entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String shown(String option) {
        return option.startsWith("--") ? option : option.substring(0, Math.min(2, option.length()));
    }
}
