package dev.countermark.cli.terminal;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which page of a list to show. */
public final class Paging {

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 100 by default.")
    private int limit = 100;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Those behind a page that said how to go on.")
    private @Nullable String cursor;

    /** At most so many. */
    public int limit() {
        return limit;
    }

    /** Where the page begins; empty for the first one. */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** As the HTTP API asks for it. */
    public void addTo(Map<String, @Nullable String> parameters) {
        parameters.put("cursor", cursor);
        parameters.put("limit", Integer.toString(limit));
    }

    /**
     * Says how to go on.
     *
     * @param next the cursor; empty if this page was the last one
     */
    public static void sayHowToGoOn(String next, Surroundings surroundings) {
        if (!next.isEmpty()) {
            surroundings.note("there are more; go on with --after " + Answers.printable(next));
        }
    }
}
