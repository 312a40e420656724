package dev.countermark.benchmarks;

import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.InMemoryTokenStore;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a revocation takes of a node's memory: the heap that is left after a collection, of nodes that have read 100,000
 * revocations from a store, less that of as many nodes on an empty store.
 *
 * <p>The store is there before and after, so that what it keeps itself does not count. A hundredth of the revocations are of
 * whole subjects.
 */
public final class RevocationMemory {

    private static final int REVOCATIONS = 100_000;
    private static final int NODES = 10;
    private static final ApiTokenOptions OPTIONS = ApiTokenOptions.DEFAULT.unlisted();

    private RevocationMemory() {}

    /** @param arguments the JSON file to write */
    public static void main(String[] arguments) throws IOException {
        var empty = new InMemoryTokenStore();
        var filled = new InMemoryTokenStore();
        fill(filled);
        // Once for what is loaded and allocated with the first node.
        heldBy(filled);
        long without = heldBy(empty);
        long with = heldBy(filled);
        double each = (with - without) / (double) NODES / REVOCATIONS;
        System.out.println(String.format(Locale.ROOT, "%,d revocations: %.1f bytes each", REVOCATIONS, each));
        if (each < 16) {
            throw new IllegalStateException("an id alone has 16 bytes: nothing was measured");
        }
        var result = JsonMapper.shared()
                .createObjectNode()
                .put("jdkVersion", System.getProperty("java.version"))
                .put("revocations", REVOCATIONS)
                .put("bytesEach", each);
        Files.writeString(Path.of(arguments[0]), result.toString());
    }

    private static void fill(InMemoryTokenStore store) {
        try (var tokens = ApiTokens.start(store, KeySource.of(Samples.KEYS), OPTIONS)) {
            for (int i = 0; i < REVOCATIONS / 100; i++) {
                tokens.revokeSubject("subject-" + i);
            }
            for (int i = REVOCATIONS / 100; i < REVOCATIONS; i++) {
                tokens.revoke(
                        tokens.issue(IssueRequest.forSubject("revoked")).token().id());
            }
        }
    }

    /** Bytes that so many nodes hold, more than there were before. */
    private static long heldBy(InMemoryTokenStore store) {
        var nodes = new ArrayList<ApiTokens>();
        long before = heap();
        for (int i = 0; i < NODES; i++) {
            nodes.add(ApiTokens.start(store, KeySource.of(Samples.KEYS), OPTIONS));
        }
        long held = heap() - before;
        int known = store.read(0, 0, 1).number() == 0 ? 0 : REVOCATIONS;
        nodes.forEach(node -> requireKnown(node, known));
        return held;
    }

    private static void requireKnown(ApiTokens node, int revocations) {
        if (node.status().revocations() != revocations) {
            throw new IllegalStateException("the node has not read what it was to read");
        }
        node.close();
    }

    /** The least of several collections: threads that run meanwhile allocate. */
    private static long heap() {
        var readings = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            System.gc();
            readings.add(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return Collections.min(readings);
    }
}
