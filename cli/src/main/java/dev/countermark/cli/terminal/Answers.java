package dev.countermark.cli.terminal;

import dev.countermark.cli.formats.Outcome;
import dev.countermark.cli.formats.Outcome.Status;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How answers are written: a line each, as text or as JSON. */
public final class Answers {

    @Option(names = "--json", description = "Answer with one JSON object a line.")
    private boolean json;

    /** Whether the user wants JSON. */
    public boolean asJson() {
        return json;
    }

    /** Writes what verifying a token found: the value of a valid one, else the verdict and why. */
    public void print(Outcome outcome, Surroundings surroundings) {
        if (json) {
            surroundings.out().println(jsonLine(outcome.json()));
        } else if (outcome.status() == Status.VALID && outcome.value().isPresent()) {
            var value = outcome.value().get();
            surroundings.out().println(surroundings.terminal() ? printable(value) : value);
        } else {
            surroundings.out().println(word(outcome.status(), surroundings) + ": " + outcome.message());
        }
    }

    /** The verdict in one word, in its colour where there are colours. */
    public static String word(Status status, Surroundings surroundings) {
        var style = switch (status) {
            case VALID -> "green";
            case EXPIRED, UNAVAILABLE -> "yellow";
            case REJECTED, REVOKED -> "red";
        };
        return coloured(style, status.word(), surroundings);
    }

    /** A word of ours in a style of picocli's, where there are colours. */
    public static String coloured(String style, String word, Surroundings surroundings) {
        return (surroundings.coloured() ? Ansi.ON : Ansi.OFF).string("@|bold," + style + " " + word + "|@");
    }

    /** One line of JSON. */
    public static String jsonLine(Map<String, ?> members) {
        return JsonMapper.shared().writeValueAsString(members);
    }

    /** A text with spaces behind it, so that at least one follows and the next column begins at {@code width}. */
    public static String column(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** A member of a server's JSON as a terminal may show it; empty where there is none. */
    public static String text(JsonNode json, String member) {
        return printable(json.path(member).stringValue(""));
    }

    /** A text from outside as a terminal may show it: no control character and no change of direction stays itself. */
    public static String printable(String text) {
        var printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean hidden = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (hidden) {
                printable.append("\\u{" + Integer.toHexString(c) + "}");
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }
}
