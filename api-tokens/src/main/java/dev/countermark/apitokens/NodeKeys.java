package dev.countermark.apitokens;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The keys of a node as they are in force: those of its source, without the retired ones, and a new primary only once
 * every live node has it.
 */
final class NodeKeys {

    private final KeySource source;
    private final String prefix;
    private final NodeTime time;
    private final Revocations revocations;

    private volatile Keyring wanted;
    private volatile Force force;

    /** @param primaryRetired whether the key that should sign was retired, so that nothing is issued */
    private record Force(Keyring keyring, SignedTokens texts, boolean primaryRetired) {}

    NodeKeys(KeySource source, String prefix, NodeTime time, Revocations revocations) {
        this.source = source;
        this.prefix = prefix;
        this.time = time;
        this.revocations = revocations;
        this.wanted = source.keyring();
        this.force = force(wanted);
    }

    /** What verifies by now. */
    SignedTokens verifying() {
        return force.texts;
    }

    /**
     * What signs by now.
     *
     * @throws RefusedChangeException if the key that should is retired
     */
    SignedTokens signing() {
        var now = force;
        if (now.primaryRetired) {
            throw new RefusedChangeException(
                    RefusedChangeException.Why.KEY_RETIRED, "the signing key of this node is retired; promote another");
        }
        return now.texts;
    }

    List<String> fingerprints() {
        return fingerprints(force.keyring);
    }

    /** Takes note of retired keys. */
    synchronized void retired() {
        force = force(wanted);
    }

    /**
     * Asks the source again. Not for two threads at once; holds no lock while it asks.
     *
     * @param everywhere whether every live node has the key of a fingerprint
     * @return whether something changed
     */
    boolean reload(Predicate<String> everywhere) {
        var next = source.keyring();
        if (next.keys().equals(wanted.keys())) {
            return false;
        }
        var signer = wanted.primary();
        if (!next.primary().fingerprint().equals(signer.fingerprint())) {
            // What signed till now is dropped a step later at the earliest: its tokens are out there.
            next = everywhere.test(next.primary().fingerprint())
                    ? Keyring.of(next.primary()).accepting(others(next, next.primary(), signer))
                    : Keyring.of(signer).accepting(others(next, signer, signer));
            if (next.keys().equals(wanted.keys())) {
                return false;
            }
        }
        synchronized (this) {
            wanted = next;
            force = force(next);
        }
        return true;
    }

    /** The keys but the one that signs, and in any case the one that did. */
    private static SigningKey[] others(Keyring keys, SigningKey signs, SigningKey did) {
        var others = new LinkedHashMap<String, SigningKey>();
        keys.keys().forEach(key -> others.put(key.fingerprint(), key));
        others.putIfAbsent(did.fingerprint(), did);
        others.remove(signs.fingerprint());
        return others.values().toArray(SigningKey[]::new);
    }

    private Force force(Keyring keyring) {
        var left = new ArrayList<SigningKey>();
        for (var key : keyring.keys()) {
            if (!revocations.isRetired(key.fingerprint())) {
                left.add(key);
            }
        }
        boolean primaryRetired = !left.contains(keyring.primary());
        var verifying = keyringOf(left).orElseGet(NodeKeys::nobodys);
        return new Force(verifying, SignedTokens.withStore(verifying, prefix, time.clock()), primaryRetired);
    }

    private static Optional<Keyring> keyringOf(List<SigningKey> keys) {
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(Keyring.of(keys.get(0))
                        .accepting(keys.subList(1, keys.size()).toArray(SigningKey[]::new)));
    }

    /** A key that nobody has: what it verifies does not exist. */
    private static Keyring nobodys() {
        return Keyring.of(SigningKey.generate());
    }

    private static List<String> fingerprints(Keyring keyring) {
        return keyring.keys().stream().map(SigningKey::fingerprint).toList();
    }
}
