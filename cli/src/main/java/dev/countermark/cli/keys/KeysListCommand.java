package dev.countermark.cli.keys;

import dev.countermark.apitokens.KeyInfo;
import dev.countermark.apitokens.NodeInfo;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.cli.remote.Remote;
import dev.countermark.cli.store.Access;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.util.LinkedHashMap;
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
    private Access access = new Access();

    @Mixin
    private Answers answers = new Answers();

    KeysListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return access.onStore(surroundings, this::list, this::list);
    }

    private int list(Remote server) throws IOException {
        server.get("/v1/keys").path("keys").forEach(this::print);
        return ExitCode.OK;
    }

    private int list(TokenStore opened) {
        var here = access.store().fingerprintsOfFile(surroundings);
        for (var key : opened.keys()) {
            print(key, here.indexOf(key.fingerprint()));
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
        if (!here.isEmpty() && opened.keys().stream().noneMatch(key -> isPrimary(key, here.get(0)))) {
            surroundings.note("the file here says that " + here.get(0) + " signs; no node does so yet. Those that run"
                    + " read their file about once a second, and begin once every live node has the key");
        }
        return ExitCode.OK;
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

    private static boolean isPrimary(KeyInfo key, String fingerprint) {
        return key.state() == KeyInfo.State.PRIMARY && key.fingerprint().equals(fingerprint);
    }

    /** @param here its place in the file here, where the first signs; negative if it is not there */
    private void print(KeyInfo key, int here) {
        var state = key.state().name().toLowerCase(Locale.ROOT);
        if (answers.asJson()) {
            var members = new LinkedHashMap<String, Object>();
            members.put("fingerprint", key.fingerprint());
            members.put("state", state);
            members.put("since", key.since().toString());
            members.put("here", here >= 0);
            members.put("signs_here", here == 0);
            surroundings.out().println(Answers.jsonLine(members));
        } else {
            surroundings
                    .out()
                    .println(key.fingerprint() + "  " + Answers.column(state, 9) + "since " + key.since()
                            + (here < 0 ? "" : here == 0 ? ", signs by the file here" : ", in the file here"));
        }
    }
}
