package dev.countermark.apitokens;

import java.util.stream.Stream;

/** Keys on many nodes: what this one has, what the others report, and what the store has recorded of both. */
final class SharedKeys {

    private final TokenStore store;
    private final NodeKeys mine;
    private final String nodeId;
    private final String nodeName;
    private final NodeTime time;

    SharedKeys(TokenStore store, NodeKeys mine, String nodeId, String nodeName, NodeTime time) {
        this.store = store;
        this.mine = mine;
        this.nodeId = nodeId;
        this.nodeName = nodeName;
        this.time = time;
    }

    /**
     * Lets this node begin.
     *
     * @throws KeyMismatchException if others would refuse its tokens, or it would refuse theirs
     */
    void admit() {
        var fingerprints = mine.fingerprints();
        live().filter(other -> !other.keyFingerprints().isEmpty()).forEach(other -> {
            var theirs = other.keyFingerprints();
            if (!theirs.contains(fingerprints.get(0))) {
                throw new KeyMismatchException("node '" + other.name() + "' does not accept the signing key "
                        + fingerprints.get(0) + " of this node; add it there first, promote it afterwards");
            }
            if (!fingerprints.contains(theirs.get(0))) {
                throw new KeyMismatchException("this node does not have the key " + theirs.get(0) + " that node '"
                        + other.name() + "' signs with; add it here");
            }
        });
        record();
    }

    /** @throws KeyMismatchException if the store's tokens are signed with a key that this node does not have */
    void record() {
        store.recordKeys(mine.fingerprints(), new TokenStore.Change("node " + nodeName, time.now()))
                .ifPresent(primary -> {
                    throw new KeyMismatchException("the tokens of this store are signed with the key " + primary
                            + ", which this node does not have; give it that key, or another database");
                });
    }

    /** Whether every live node, besides this one, reports a key. */
    boolean everyOtherHas(String fingerprint) {
        return live().filter(node -> !node.id().equals(nodeId))
                .allMatch(node -> node.keyFingerprints().contains(fingerprint));
    }

    /** Whether this node, or another live one, signs with a key. */
    boolean anySignsWith(String fingerprint) {
        return mine.fingerprints().get(0).equals(fingerprint)
                || live().anyMatch(
                                node -> node.keyFingerprints().stream().limit(1).anyMatch(fingerprint::equals));
    }

    private Stream<NodeInfo> live() {
        return store.nodes().stream().filter(NodeInfo::live);
    }
}
