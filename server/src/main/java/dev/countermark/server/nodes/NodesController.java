package dev.countermark.server.nodes;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.NodeInfo;
import dev.countermark.apitokens.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/nodes}: which processes share the tokens, and how well this one hears revocations. For admin tokens. */
@RestController
class NodesController {

    private final ApiTokens tokens;

    NodesController(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping(path = "/v1/nodes", produces = MediaType.APPLICATION_JSON_VALUE)
    Nodes list() {
        return new Nodes(tokens.nodes().stream().map(Node::of).toList(), ThisNode.of(tokens.status()));
    }

    /**
     * All nodes.
     *
     * @param nodes as they last reported themselves
     * @param thisNode the one that answers
     */
    record Nodes(List<Node> nodes, ThisNode thisNode) {}

    /**
     * A node, as it last reported itself.
     *
     * @param id random, new at every start
     * @param name what the operator calls it
     * @param startedAt when it first reported, by the store's clock
     * @param seenAt when it last reported, by the store's clock
     * @param live whether it reported within its lease
     * @param feedNumber number of the last revocation it has applied
     * @param lease for how many seconds it answers from memory
     * @param keys fingerprints of its keys, the one that signs first
     */
    record Node(
            String id,
            String name,
            Instant startedAt,
            Instant seenAt,
            boolean live,
            long feedNumber,
            double lease,
            List<String> keys) {

        static Node of(NodeInfo node) {
            return new Node(
                    node.id(),
                    node.name(),
                    node.startedAt(),
                    node.seenAt(),
                    node.live(),
                    node.applied(),
                    seconds(node.lease()),
                    node.keyFingerprints());
        }
    }

    /**
     * How well the answering node hears revocations.
     *
     * @param state {@code starting}, {@code hearing}, {@code lapsed} or {@code restored}
     * @param feedNumber number of the last revocation it has applied
     * @param lag seconds since its last successful poll began
     * @param leaseRemaining for how many seconds it still answers from memory
     * @param revocations how many revocations it holds in memory
     */
    record ThisNode(String state, long feedNumber, double lag, double leaseRemaining, int revocations) {

        static ThisNode of(NodeStatus status) {
            return new ThisNode(
                    status.state().name().toLowerCase(Locale.ROOT),
                    status.feedNumber(),
                    seconds(status.lag()),
                    seconds(status.leaseRemaining()),
                    status.revocations());
        }
    }

    private static double seconds(Duration length) {
        return length.toMillis() / 1000.0;
    }
}
