package dev.countermark.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What the command reaches of the machine.
 *
 * @param variables of the environment
 * @param in standard input
 * @param out standard output, for answers alone
 * @param err standard error, for everything else
 * @param terminal whether a person reads {@code out}
 */
record Surroundings(Map<String, String> variables, InputStream in, PrintStream out, PrintStream err, boolean terminal) {

    /** Whether to use colours: on a terminal, unless the variable {@code NO_COLOR} is set and not empty. */
    boolean coloured() {
        return terminal && variables.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** A remark for the person at the keyboard. */
    void note(String text) {
        err.println("countermark: " + text);
    }
}
