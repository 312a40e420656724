package dev.countermark.apitokens;

import dev.countermark.apitokens.AuditEntry.Action;
import dev.countermark.apitokens.TokenStore.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which keys nodes have, by fingerprint, in the memory of an {@link InMemoryTokenStore}, whose monitor guards it. */
final class MemoryKeys {

    private final Map<String, KeyInfo> keys = new LinkedHashMap<>();

    MemoryKeys copy() {
        var copy = new MemoryKeys();
        copy.keys.putAll(keys);
        return copy;
    }

    List<KeyInfo> list() {
        return List.copyOf(keys.values());
    }

    void set(String fingerprint, KeyInfo.State state, Change change) {
        keys.put(fingerprint, new KeyInfo(fingerprint, state, change.at()));
    }

    /**
     * Takes down the keys of a node, the first of which signs.
     *
     * @return the key that signs by now, if the node does not have it: then nothing is changed
     */
    Optional<String> record(List<String> fingerprints, Change change, MemoryAudit audit) {
        var primary = keys.values().stream()
                .filter(key -> key.state() == KeyInfo.State.PRIMARY)
                .map(KeyInfo::fingerprint)
                .findFirst();
        if (primary.isPresent() && !fingerprints.contains(primary.get())) {
            return primary;
        }
        for (var fingerprint : fingerprints) {
            if (!keys.containsKey(fingerprint)) {
                set(fingerprint, KeyInfo.State.ACCEPTED, change);
                audit.add(change, Action.KEY_ADDED, "", "", fingerprint);
            }
        }
        var first = fingerprints.get(0);
        boolean retired = Optional.ofNullable(keys.get(first))
                .filter(key -> key.state() == KeyInfo.State.RETIRED)
                .isPresent();
        if (!primary.equals(Optional.of(first)) && !retired) {
            primary.ifPresent(old -> set(old, KeyInfo.State.ACCEPTED, change));
            set(first, KeyInfo.State.PRIMARY, change);
            audit.add(change, Action.KEY_PROMOTED, "", "", first);
        }
        return Optional.empty();
    }
}
