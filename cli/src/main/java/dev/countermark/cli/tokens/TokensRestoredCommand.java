package dev.countermark.cli.tokens;

import dev.countermark.apitokens.RestoreAnswer;
import dev.countermark.cli.store.StoreOptions;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code countermark tokens restored}: answers for a database that was restored to an older state. */
@Command(
        name = "restored",
        description = "Answer for a database that was restored to an older state: until then no node says yes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokensRestoredCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(
            paramLabel = "ANSWER",
            description = {
                "refuse_issued_before: revocations were lost; refuse every token issued until now.",
                "accept: no revocation was lost, or those that were have been made again."
            })
    private RestoreAnswer answer = RestoreAnswer.REFUSE_ISSUED_BEFORE;

    TokensRestoredCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return store.withTokens(surroundings, tokens -> {
            tokens.answerRestore(answer);
            surroundings.out().println("answered " + answer.name().toLowerCase(Locale.ROOT));
            return ExitCode.OK;
        });
    }
}
