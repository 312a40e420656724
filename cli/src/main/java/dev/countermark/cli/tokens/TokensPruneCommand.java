package dev.countermark.cli.tokens;

import dev.countermark.cli.store.StoreOptions;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code countermark tokens prune}: deletes what is over. */
@Command(
        name = "prune",
        description = "Delete tokens that expired more than a day ago; nodes do it every hour.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokensPruneCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    TokensPruneCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return store.withTokens(surroundings, tokens -> {
            surroundings.out().println("deleted " + tokens.prune());
            return ExitCode.OK;
        });
    }
}
