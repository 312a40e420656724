package dev.countermark.server.serve;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the command line of {@code serve}, in a sentence about its options. Quotes nothing that may be a key. */
final class WrongUsage {

    /** No key and no token is as short. */
    private static final int SHOWN = 20;

    private WrongUsage() {}

    static String of(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0));
        }
        if (mistake instanceof MissingParameterException missing
                && missing.getMissing().size() == 1) {
            var option = missing.getMissing().get(0);
            return name(option) + " needs a value: " + option.paramLabel();
        }
        var argument = mistake.getArgSpec();
        var value = mistake.getValue();
        if (argument != null && value != null) {
            if (argument.type() == Integer.class) {
                return port(name(argument), value);
            }
            if (argument.type() == boolean.class) {
                return name(argument) + " takes no value";
            }
        }
        return String.valueOf(mistake.getMessage());
    }

    /** Of a value that is no port. */
    static String port(String option, String value) {
        return option + " is a port, 1 to 65535, or 0 for any that is free"
                + (value.length() > SHOWN || value.chars().anyMatch(Character::isISOControl)
                        ? ""
                        : "; '" + value + "' is none");
    }

    private static String unmatched(String argument) {
        if (!argument.startsWith("-")) {
            return "serve takes options only, each with its value behind it";
        }
        int end = argument.indexOf('=');
        return "there is no option "
                + (!argument.startsWith("--")
                        ? argument.substring(0, Math.min(2, argument.length()))
                        : end > 0 ? argument.substring(0, end) : argument);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
