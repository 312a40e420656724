package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.KeyInfo;
import dev.countermark.apitokens.NodeInfo;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The keys by their fingerprints: what each may do, and how many nodes have it. */
@Controller
final class KeysPage {

    private final ApiTokens tokens;
    private final Pages pages;

    KeysPage(ApiTokens tokens, Pages pages) {
        this.tokens = tokens;
        this.pages = pages;
    }

    /** A key as the template asks for it. */
    record KeyView(String fingerprint, String state, String badge, String meaning, Moment since, long nodes, int live) {

        static KeyView of(KeyInfo key, List<NodeInfo> live, Instant now) {
            long having = live.stream()
                    .filter(node -> node.keyFingerprints().contains(key.fingerprint()))
                    .count();
            var since = Moment.of(key.since(), now);
            return switch (key.state()) {
                case PRIMARY ->
                    new KeyView(key.fingerprint(), "Primary", "good", "signs and verifies", since, having, live.size());
                case ACCEPTED ->
                    new KeyView(key.fingerprint(), "Accepted", "warn", "verifies only", since, having, live.size());
                case RETIRED ->
                    new KeyView(key.fingerprint(), "Retired", "past", "refused for good", since, having, live.size());
            };
        }
    }

    @GetMapping(AdminPage.ROOT + "/keys")
    ResponseEntity<String> keys(HttpServletRequest request) {
        var live = tokens.nodes().stream().filter(NodeInfo::live).toList();
        var keys = tokens.keys().stream()
                .sorted(Comparator.comparing(KeyInfo::state).thenComparing(KeyInfo::since, Comparator.reverseOrder()))
                .map(key -> KeyView.of(key, live, pages.now()))
                .toList();
        return pages.show(request, "keys", "Keys", Map.of("keys", keys));
    }
}
