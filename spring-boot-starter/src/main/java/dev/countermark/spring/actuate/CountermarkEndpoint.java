package dev.countermark.spring.actuate;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.KeyInfo;
import dev.countermark.apitokens.NodeInfo;
import dev.countermark.apitokens.NodeStatus;
import dev.countermark.apitokens.TokenStoreException;
import dev.countermark.spring.ApiTokenChecker;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The actuator endpoint {@code countermark}: how the keys, this node and the others are. Shows no key and no token. */
@Endpoint(id = "countermark")
public final class CountermarkEndpoint {

    private final Keyring keyring;
    private final @Nullable ApiTokenChecker checker;
    private final @Nullable ApiTokens tokens;

    CountermarkEndpoint(Keyring keyring, @Nullable ApiTokenChecker checker, @Nullable ApiTokens tokens) {
        this.keyring = keyring;
        this.checker = checker;
        this.tokens = tokens;
    }

    /** What the endpoint shows. */
    @ReadOperation
    public Descriptor countermark() {
        var prefix = checker == null ? null : checker.prefix();
        if (tokens == null) {
            var fingerprints =
                    keyring.keys().stream().map(SigningKey::fingerprint).toList();
            return new Descriptor(prefix, fingerprints, null, null, null);
        }
        return new Descriptor(
                prefix,
                tokens.keyFingerprints(),
                NodeDescriptor.of(tokens.options().lease(), tokens.status()),
                unlessAway(tokens::nodes),
                unlessAway(tokens::keys));
    }

    private static <T> @Nullable T unlessAway(Supplier<T> question) {
        try {
            return question.get();
        } catch (TokenStoreException e) {
            // The rest is worth seeing just then.
            return null;
        }
    }

    /**
     * The keys and the nodes.
     *
     * @param prefix what API tokens begin with; null without API tokens
     * @param keyFingerprints fingerprints of the keys in force, the one that signs first
     * @param node how this node is; null without a store
     * @param nodes all nodes; null without a store, or when it does not answer
     * @param keys the keys that nodes have recorded; null without a store, or when it does not answer
     */
    public record Descriptor(
            @Nullable String prefix,
            List<String> keyFingerprints,
            @Nullable NodeDescriptor node,
            @Nullable List<NodeInfo> nodes,
            @Nullable List<KeyInfo> keys) {}

    /**
     * How this node is.
     *
     * @param state whether it can answer
     * @param feedNumber number of the last revocation it has applied
     * @param lag how long ago its last successful poll began
     * @param lease for how long it answers from memory after that
     * @param leaseRemaining for how long it still does
     * @param revocations how many revocations it holds in memory
     */
    public record NodeDescriptor(
            NodeStatus.State state,
            long feedNumber,
            Duration lag,
            Duration lease,
            Duration leaseRemaining,
            int revocations) {

        static NodeDescriptor of(Duration lease, NodeStatus status) {
            return new NodeDescriptor(
                    status.state(),
                    status.feedNumber(),
                    status.lag(),
                    lease,
                    status.leaseRemaining(),
                    status.revocations());
        }
    }
}
