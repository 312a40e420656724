package dev.countermark.cli;

import dev.countermark.cli.keygen.Keys;
import dev.countermark.cli.terminal.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Runs the everyday commands once, so that a class archive made at its exit holds what they use.
 *
 * <p>Started by the launcher only. Touches no file.
 */
final class Rehearsal {

    private static final String KEY = Keys.generate().revealBase64();

    private Rehearsal() {}

    /** Runs them; what they print goes nowhere. */
    public static void main(String[] arguments) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var token = "eyJpZCI6ImZvb2JhciJ9~.aSOAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        var commands = new String[][] {
            {"keygen"},
            {"sign", "--purpose", "rehearsal", "--expires-in", "1h", "--json", "value"},
            {"sign", "--purpose", "rehearsal", "--at", "2026-11-01T00:00:00Z", "-"},
            {"verify", "--purpose", "rehearsal", "--json", token},
            {"verify", "--purpose", "rehearsal", "--max-age", "1h", token},
            {"inspect", token},
            {"sign", "--help"},
            {"--version"},
            {"verify"},
        };
        for (var command : commands) {
            var line = new ByteArrayInputStream("value\n".getBytes(StandardCharsets.UTF_8));
            Countermark.run(new Surroundings(Map.of("COUNTERMARK_KEY", KEY), line, nowhere, nowhere, true), command);
        }
    }
}
