package dev.countermark.cli;

import dev.countermark.Reason;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
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
    private StoreOptions store = new StoreOptions();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

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
        if (remote.given()) {
            return remote.ask(
                    surroundings,
                    store,
                    server -> Arguments.forEach(
                            texts,
                            surroundings,
                            line -> RemoteTokens.verdict(
                                    server.postForm(
                                            "/oauth2/introspect",
                                            "token",
                                            line instanceof Lines.Text text
                                                            && !text.text().isEmpty()
                                                    ? text.text()
                                                    : "-"),
                                    answers,
                                    surroundings)));
        }
        return store.withTokens(
                surroundings,
                tokens -> Arguments.forEach(texts, surroundings, line -> {
                    ApiTokenVerdict verdict = line instanceof Lines.Text text
                            ? tokens.check(text.text())
                            : new Rejected(Reason.MALFORMED);
                    return TokenAnswers.print(verdict, answers, surroundings);
                }));
    }
}
