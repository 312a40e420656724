package dev.countermark.cli;

import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countermark tokens list}: lists tokens. */
@Command(
        name = "list",
        description = "List tokens, those that end last first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokensListCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Mixin
    private Answers answers = new Answers();

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only this subject's.")
    private @Nullable String subject;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable TokenState state;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 100 by default.")
    private int limit = 100;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Those behind a page that said how to go on.")
    private @Nullable String cursor;

    TokensListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (remote.given()) {
            return remote.ask(surroundings, store, this::list);
        }
        var query = TokenQuery.all().limit(limit);
        query = subject == null ? query : query.subject(subject);
        query = state == null ? query : query.state(state);
        var wanted = cursor == null ? query : query.after(cursor);
        return store.withTokens(surroundings, tokens -> {
            var page = tokens.list(wanted);
            page.items().forEach(token -> TokenAnswers.printLine(token, answers, surroundings));
            page.next().ifPresent(next -> surroundings.note("there are more; go on with --after " + next));
            return ExitCode.OK;
        });
    }

    private int list(Remote server) throws IOException {
        var parameters = new LinkedHashMap<String, @Nullable String>();
        parameters.put("subject", subject);
        parameters.put("state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
        parameters.put("cursor", cursor);
        parameters.put("limit", Integer.toString(limit));
        var page = server.get("/v1/tokens" + Remote.query(parameters));
        page.path("tokens").forEach(token -> RemoteTokens.printLine(token, answers, surroundings));
        var next = page.path("next_cursor").stringValue("");
        if (!next.isEmpty()) {
            surroundings.note("there are more; go on with --after " + Answers.printable(next));
        }
        return ExitCode.OK;
    }
}
