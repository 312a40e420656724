package dev.countermark.cli.audit;

import dev.countermark.apitokens.AuditEntry;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.cli.remote.Remote;
import dev.countermark.cli.store.Access;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Paging;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
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
public final class AuditCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Access access = new Access();

    @Mixin
    private Answers answers = new Answers();

    @Option(names = "--token-id", paramLabel = "ID", description = "Only changes of this token.")
    private @Nullable String tokenId;

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only changes of this subject.")
    private @Nullable String subject;

    @Mixin
    private Paging paging = new Paging();

    /** The command, for the list of commands. */
    public AuditCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return access.onStore(surroundings, this::list, this::list);
    }

    private int list(TokenStore store) {
        var query = AuditQuery.all().limit(paging.limit());
        query = tokenId == null ? query : query.token(tokenId);
        query = subject == null ? query : query.subject(subject);
        query = paging.cursor().map(query::after).orElse(query);
        var page = store.audit(query);
        page.items().forEach(entry -> print(json(entry)));
        Paging.sayHowToGoOn(page.next().orElse(""), surroundings);
        return ExitCode.OK;
    }

    private int list(Remote server) throws IOException {
        var parameters = new LinkedHashMap<String, @Nullable String>();
        parameters.put("token_id", tokenId);
        parameters.put("subject", subject);
        paging.addTo(parameters);
        var page = server.get("/v1/audit" + Remote.query(parameters));
        page.path("entries").forEach(this::print);
        Paging.sayHowToGoOn(page.path("next_cursor").stringValue(""), surroundings);
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
}
