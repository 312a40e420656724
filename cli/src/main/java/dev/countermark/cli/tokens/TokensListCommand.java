package dev.countermark.cli.tokens;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
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

/** {@code countermark tokens list}: lists tokens. */
@Command(
        name = "list",
        description = "List tokens, those that end last first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokensListCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Access access = new Access();

    @Mixin
    private Answers answers = new Answers();

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only this subject's.")
    private @Nullable String subject;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable TokenState state;

    @Mixin
    private Paging paging = new Paging();

    TokensListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return access.onTokens(surroundings, this::list, this::list);
    }

    private int list(ApiTokens tokens) {
        var query = TokenQuery.all().limit(paging.limit());
        query = subject == null ? query : query.subject(subject);
        query = state == null ? query : query.state(state);
        query = paging.cursor().map(query::after).orElse(query);
        var page = tokens.list(query);
        page.items().forEach(token -> TokenAnswers.printLine(token, answers, surroundings));
        Paging.sayHowToGoOn(page.next().orElse(""), surroundings);
        return ExitCode.OK;
    }

    private int list(Remote server) throws IOException {
        var parameters = new LinkedHashMap<String, @Nullable String>();
        parameters.put("subject", subject);
        parameters.put("state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
        paging.addTo(parameters);
        var page = server.get("/v1/tokens" + Remote.query(parameters));
        page.path("tokens").forEach(token -> RemoteTokens.printLine(token, answers, surroundings));
        Paging.sayHowToGoOn(page.path("next_cursor").stringValue(""), surroundings);
        return ExitCode.OK;
    }
}
