package dev.countermark.apitokens;

import dev.countermark.apitokens.TokenStore.NodeReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What nodes have said of themselves, in the memory of an {@link InMemoryTokenStore}, whose monitor guards it. */
final class MemoryNodes {

    private final Map<String, Reported> reported = new LinkedHashMap<>();

    private record Reported(NodeReport report, Instant startedAt, Instant seenAt) {}

    MemoryNodes copy() {
        var copy = new MemoryNodes();
        copy.reported.putAll(reported);
        return copy;
    }

    void report(NodeReport report, Instant now) {
        var before = reported.get(report.id());
        reported.put(report.id(), new Reported(report, before == null ? now : before.startedAt(), now));
    }

    void leave(String id) {
        reported.remove(id);
    }

    /** Forgets those that were last seen before {@code through}. */
    void prune(Instant through) {
        reported.values().removeIf(node -> node.seenAt().isBefore(through));
    }

    List<NodeInfo> list(Instant now) {
        return reported.values().stream()
                .map(node -> new NodeInfo(
                        node.report().id(),
                        node.report().name(),
                        node.startedAt(),
                        node.seenAt(),
                        node.seenAt().plus(node.report().lease()).isAfter(now),
                        node.report().applied(),
                        node.report().lease(),
                        node.report().keyFingerprints()))
                .toList();
    }
}
