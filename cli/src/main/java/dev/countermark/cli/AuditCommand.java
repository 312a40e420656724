package dev.countermark.cli;

import dev.countermark.apitokens.AuditEntry;
import dev.countermark.apitokens.AuditQuery;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code countermark audit}: lists what was changed, and by whom. */
@Command(
        name = "audit",
        description = "List what was changed and by whom, the latest first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class AuditCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Mixin
    private Answers answers = new Answers();

    @Option(names = "--token-id", paramLabel = "ID", description = "Only changes of this token.")
    private @Nullable String tokenId;

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only changes of this subject.")
    private @Nullable String subject;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 100 by default.")
    private int limit = 100;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Those behind a page that said how to go on.")
    private @Nullable String cursor;

    AuditCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (remote.given()) {
            return remote.ask(surroundings, store, this::list);
        }
        var query = AuditQuery.all().limit(limit);
        query = tokenId == null ? query : query.token(tokenId);
        query = subject == null ? query : query.subject(subject);
        var wanted = cursor == null ? query : query.after(cursor);
        return store.withStore(surroundings, opened -> {
            var page = opened.audit(wanted);
            page.items().forEach(entry -> print(json(entry)));
            page.next().ifPresent(this::more);
            return ExitCode.OK;
        });
    }

    private int list(Remote server) throws IOException {
        var parameters = new LinkedHashMap<String, @Nullable String>();
        parameters.put("token_id", tokenId);
        parameters.put("subject", subject);
        parameters.put("cursor", cursor);
        parameters.put("limit", Integer.toString(limit));
        var page = server.get("/v1/audit" + Remote.query(parameters));
        page.path("entries").forEach(this::print);
        var next = page.path("next_cursor").stringValue("");
        if (!next.isEmpty()) {
            more(next);
        }
        return ExitCode.OK;
    }

    /** An entry as the HTTP API shows it. */
    private static JsonNode json(AuditEntry entry) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("number", entry.number())
                .put("at", entry.at().toString())
                .put("actor", entry.actor())
                .put("action", entry.action().name().toLowerCase(Locale.ROOT));
        entry.tokenId().ifPresent(id -> json.put("token_id", id));
        entry.subject().ifPresent(who -> json.put("subject", who));
        return json.put("detail", entry.detail());
    }

    private void print(JsonNode entry) {
        surroundings
                .out()
                .println(
                        answers.asJson()
                                ? entry.toString()
                                : Answers.text(entry, "at") + "  " + Answers.column(Answers.text(entry, "action"), 16)
                                        + Answers.column(Answers.text(entry, "actor"), 40)
                                        + Answers.column(Answers.text(entry, "token_id"), 34)
                                        + Answers.column(Answers.text(entry, "subject"), 20)
                                        + Answers.text(entry, "detail"));
    }

    private void more(String next) {
        surroundings.note("there are more; go on with --after " + Answers.printable(next));
    }
}
