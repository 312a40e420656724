package dev.countermark.cli.keys;

import dev.countermark.apitokens.NodeInfo;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.cli.store.StoreOptions;
import dev.countermark.cli.terminal.DurationConverter;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code countermark keys promote}: changes which key signs. */
@Command(
        name = "promote",
        description = "Make a key of the file the one that signs, once every live node reports it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class KeysPromoteCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "FINGERPRINT", description = "The key, as countermark keys list shows it.")
    private String fingerprint = "";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long to wait for the nodes; 30s by default.")
    private Duration timeout = Duration.ofSeconds(30);

    KeysPromoteCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (!store.fingerprintsOfFile(surroundings).contains(fingerprint)) {
            surroundings.note(
                    "the file " + store.keyFile(surroundings).path()
                            + " has no key of this fingerprint; see countermark keys list, or make one with countermark keys add");
            return ExitCode.REFUSED;
        }
        return store.withStore(surroundings, opened -> {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (!isEverywhere(opened)) {
                if (System.nanoTime() - deadline >= 0) {
                    surroundings.note("not every live node has the key yet; add it there, see countermark keys list");
                    return ExitCode.REFUSED;
                }
                try {
                    Thread.sleep(200);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return ExitCode.UNAVAILABLE;
                }
            }
            store.keyFile(surroundings).promote(fingerprint);
            surroundings.out().println("promoted " + fingerprint);
            surroundings.note(
                    "it signs here from the next start on, or within a second or two where a node runs; keys list"
                            + " tells when one does");
            return ExitCode.OK;
        });
    }

    private boolean isEverywhere(TokenStore opened) {
        return opened.nodes().stream()
                .filter(NodeInfo::live)
                .allMatch(node -> node.keyFingerprints().contains(fingerprint));
    }
}
