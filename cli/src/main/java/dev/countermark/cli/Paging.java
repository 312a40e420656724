package dev.countermark.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which page of a list to show. */
final class Paging {

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 100 by default.")
    private int limit = 100;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Those behind a page that said how to go on.")
    private @Nullable String cursor;

    int limit() {
        return limit;
    }

    Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** As the HTTP API asks for it. */
    void addTo(Map<String, @Nullable String> parameters) {
        parameters.put("cursor", cursor);
        parameters.put("limit", Integer.toString(limit));
    }

    /**
     * Says how to go on.
     *
     * @param next the cursor; empty if this page was the last one
     */
    static void sayHowToGoOn(String next, Surroundings surroundings) {
        if (!next.isEmpty()) {
            surroundings.note("there are more; go on with --after " + Answers.printable(next));
        }
    }
}
