package dev.countermark.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code countermark keys retire}: ends a key. */
@Command(
        name = "retire",
        description = "Retire a key for good: no node accepts what it signed any more.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class KeysRetireCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "FINGERPRINT", description = "The key, as countermark keys list shows it.")
    private String fingerprint = "";

    KeysRetireCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return store.withTokens(surroundings, tokens -> {
            var outcome = tokens.confirm(tokens.retireKey(fingerprint));
            var file = store.keyFile(surroundings);
            if (file.keyring().keys().stream().anyMatch(key -> key.fingerprint().equals(fingerprint))) {
                file.remove(fingerprint);
            }
            surroundings
                    .out()
                    .println("retired " + fingerprint + "; " + outcome.confirmed() + " of " + outcome.live()
                            + " nodes have confirmed");
            return ExitCode.OK;
        });
    }
}
