package dev.countermark.cli.nodes;

import dev.countermark.apitokens.NodeInfo;
import dev.countermark.cli.remote.Remote;
import dev.countermark.cli.store.Access;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code countermark nodes}: lists the processes that share the tokens. */
@Command(
        name = "nodes",
        description =
                "List the processes that share the tokens: whether they live, and which revocation each has applied.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class NodesCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Access access = new Access();

    @Mixin
    private Answers answers = new Answers();

    /** The command, for the list of commands. */
    public NodesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return access.onStore(surroundings, this::list, store -> {
            store.nodes().forEach(node -> print(json(node)));
            return ExitCode.OK;
        });
    }

    private int list(Remote server) throws IOException {
        var answer = server.get("/v1/nodes");
        answer.path("nodes").forEach(this::print);
        var here = answer.path("this_node");
        surroundings.note("the node that answers is " + Answers.text(here, "state") + ", and "
                + here.path("lag").asString("?") + " s behind");
        return ExitCode.OK;
    }

    /** A node as the HTTP API shows it. */
    private static JsonNode json(NodeInfo node) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", node.id())
                .put("name", node.name())
                .put("started_at", node.startedAt().toString())
                .put("seen_at", node.seenAt().toString())
                .put("live", node.live())
                .put("feed_number", node.applied())
                .put("lease", node.lease().toMillis() / 1000.0);
        node.keyFingerprints().forEach(json.putArray("keys")::add);
        return json;
    }

    private void print(JsonNode node) {
        surroundings
                .out()
                .println(
                        answers.asJson()
                                ? node.toString()
                                : Answers.column(Answers.text(node, "name"), 20)
                                        + (node.path("live").booleanValue(false) ? "live  " : "gone  ")
                                        + "seen " + Answers.text(node, "seen_at") + ", feed number "
                                        + node.path("feed_number").longValue(0) + ", keys " + keys(node));
    }

    private static String keys(JsonNode node) {
        return node.path("keys")
                .valueStream()
                .map(key -> Answers.printable(key.stringValue("")))
                .collect(Collectors.joining(", "));
    }
}
