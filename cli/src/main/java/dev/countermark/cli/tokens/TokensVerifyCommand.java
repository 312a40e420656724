package dev.countermark.cli.tokens;

import dev.countermark.Reason;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.cli.remote.Remote;
import dev.countermark.cli.store.Access;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.Arguments;
import dev.countermark.cli.terminal.Lines;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code countermark tokens verify}: says of each token what it is. */
@Command(
        name = "verify",
        description = "Check tokens: signature, expiry and revocation.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokensVerifyCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Access access = new Access();

    @Mixin
    private Answers answers = new Answers();

    @Parameters(
            paramLabel = "TOKEN",
            arity = "1..*",
            description = "What to check; - reads standard input, one token a line.")
    private List<String> texts = List.of();

    TokensVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return access.onTokens(
                surroundings,
                server -> Arguments.forEach(texts, surroundings, line -> check(server, line)),
                tokens -> Arguments.forEach(texts, surroundings, line -> check(tokens, line)));
    }

    private int check(Remote server, Lines.Line line) throws IOException {
        // The form has no empty field.
        var text = line instanceof Lines.Text read && !read.text().isEmpty() ? read.text() : "-";
        return RemoteTokens.verdict(server.postForm("/oauth2/introspect", "token", text), answers, surroundings);
    }

    private int check(ApiTokens tokens, Lines.Line line) {
        ApiTokenVerdict verdict =
                line instanceof Lines.Text read ? tokens.check(read.text()) : new Rejected(Reason.MALFORMED);
        return TokenAnswers.print(verdict, answers, surroundings);
    }
}
