package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.NodeInfo;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The nodes: how far each has read, and how long it may answer from memory. */
@Controller
final class NodesPage {

    private final ApiTokens tokens;
    private final Pages pages;

    NodesPage(ApiTokens tokens, Pages pages) {
        this.tokens = tokens;
        this.pages = pages;
    }

    /** A node as the template asks for it. */
    record NodeView(
            String name,
            String id,
            boolean live,
            long applied,
            long behind,
            long lease,
            Moment seen,
            Moment started,
            List<String> keys) {

        boolean late() {
            return behind > 0;
        }

        static NodeView of(NodeInfo node, long newest, Instant now) {
            return new NodeView(
                    node.name(),
                    node.id(),
                    node.live(),
                    node.applied(),
                    Math.max(0, newest - node.applied()),
                    node.lease().toSeconds(),
                    Moment.of(node.seenAt(), now),
                    Moment.of(node.startedAt(), now),
                    node.keyFingerprints());
        }
    }

    @GetMapping(AdminPage.ROOT + "/nodes")
    ResponseEntity<String> nodes(HttpServletRequest request) {
        var status = tokens.status();
        var all = tokens.nodes();
        long newest = all.stream().mapToLong(NodeInfo::applied).reduce(status.feedNumber(), Math::max);
        var model = new HashMap<String, Object>();
        model.put(
                "nodes",
                all.stream()
                        .sorted(Comparator.comparing(NodeInfo::live)
                                .reversed()
                                .thenComparing(NodeInfo::name)
                                .thenComparing(NodeInfo::startedAt))
                        .map(node -> NodeView.of(node, newest, pages.now()))
                        .toList());
        model.put("feed", status.feedNumber());
        model.put("lag", status.lag().toMillis());
        model.put("remaining", status.leaseRemaining().toMillis());
        model.put("revocations", status.revocations());
        model.put("oddKeys", keySets(all).size() > 1);
        return pages.show(request, "nodes", "Nodes", model);
    }

    private static Set<Set<String>> keySets(List<NodeInfo> nodes) {
        return nodes.stream()
                .filter(NodeInfo::live)
                .map(node -> Set.copyOf(node.keyFingerprints()))
                .collect(Collectors.toSet());
    }
}
