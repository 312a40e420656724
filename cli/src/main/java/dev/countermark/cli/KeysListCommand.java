package dev.countermark.cli;

import dev.countermark.apitokens.KeyInfo;
import dev.countermark.apitokens.NodeInfo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code countermark keys list}: lists keys by fingerprint. */
@Command(
        name = "list",
        description = "List the keys of the file, those that nodes have recorded, and the nodes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class KeysListCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Mixin
    private Answers answers = new Answers();

    KeysListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (remote.given()) {
            return remote.ask(surroundings, store, server -> {
                server.get("/v1/keys").path("keys").forEach(this::print);
                return ExitCode.OK;
            });
        }
        return store.withStore(surroundings, opened -> {
            var file = store.keyFile(surroundings);
            var here = file.exists()
                    ? file.keyring().keys().stream()
                            .map(key -> key.fingerprint())
                            .toList()
                    : List.<String>of();
            for (var key : opened.keys()) {
                print(key, here.contains(key.fingerprint()));
            }
            for (var fingerprint : here) {
                if (opened.keys().stream().noneMatch(key -> key.fingerprint().equals(fingerprint))) {
                    surroundings.out().println(fingerprint + "  not reported yet, in the file here");
                }
            }
            opened.nodes().stream()
                    .filter(NodeInfo::live)
                    .forEach(node -> surroundings.note("node " + Answers.printable(node.name()) + " has "
                            + String.join(", ", node.keyFingerprints())));
            return ExitCode.OK;
        });
    }

    private void print(JsonNode key) {
        surroundings
                .out()
                .println(
                        answers.asJson()
                                ? key.toString()
                                : Answers.text(key, "fingerprint") + "  "
                                        + Answers.column(Answers.text(key, "state"), 9)
                                        + "since " + Answers.text(key, "since"));
    }

    private void print(KeyInfo key, boolean here) {
        var state = key.state().name().toLowerCase(Locale.ROOT);
        if (answers.asJson()) {
            var members = new LinkedHashMap<String, Object>();
            members.put("fingerprint", key.fingerprint());
            members.put("state", state);
            members.put("since", key.since().toString());
            members.put("here", here);
            surroundings.out().println(Answers.jsonLine(members));
        } else {
            surroundings
                    .out()
                    .println(key.fingerprint() + "  " + Answers.column(state, 9) + "since " + key.since()
                            + (here ? ", in the file here" : ""));
        }
    }
}
