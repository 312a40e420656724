package dev.countermark.cli.tokens;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.cli.remote.Remote;
import dev.countermark.cli.store.Access;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code countermark tokens show}: shows a token's record. */
@Command(
        name = "show",
        description = "Show what is known of a token: everything but its text, which is kept nowhere.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokensShowCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Access access = new Access();

    @Mixin
    private Answers answers = new Answers();

    @Parameters(paramLabel = "ID", description = "The token's id.")
    private String id = "";

    TokensShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return access.onTokens(surroundings, this::show, this::show);
    }

    private int show(Remote server) throws IOException {
        RemoteTokens.printWhole(server.get("/v1/tokens/" + Remote.escaped(id)), answers, surroundings);
        return ExitCode.OK;
    }

    private int show(ApiTokens tokens) {
        var token = tokens.find(id);
        if (token.isEmpty()) {
            surroundings.note("no token has this id");
            return ExitCode.REFUSED;
        }
        TokenAnswers.printWhole(token.get(), answers, surroundings);
        return ExitCode.OK;
    }
}
