package dev.countermark.cli.terminal;

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
public record Surroundings(
        Map<String, String> variables, InputStream in, PrintStream out, PrintStream err, boolean terminal) {

    /** Whether to use colours: on a terminal, unless the variable {@code NO_COLOR} is set and not empty. */
    public boolean coloured() {
        return terminal && variables.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** A remark for the person at the keyboard. */
    public void note(String text) {
        err.println("countermark: " + text);
    }
}
