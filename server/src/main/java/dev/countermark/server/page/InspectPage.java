package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokenVerdict.Expired;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.server.page.Notice.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Says what a text is.
 *
 * <p>The answer comes without a redirect, because it depends on a text that no address, cookie or page may keep; nothing
 * is changed, so sending the form again does no harm.
 */
@Controller
final class InspectPage {

    private static final String INSPECT = AdminPage.ROOT + "/inspect";

    private final ApiTokens tokens;
    private final Pages pages;

    InspectPage(ApiTokens tokens, Pages pages) {
        this.tokens = tokens;
        this.pages = pages;
    }

    /** What was found: the badge, a word, a sentence, and the id where the text is ours. */
    private record Finding(String badge, String word, String sentence, Optional<String> id) {

        static Finding of(ApiTokenVerdict verdict) {
            if (verdict instanceof Valid valid) {
                return new Finding(
                        "good", "Valid", "A token of ours, in time and not revoked.", Optional.of(valid.id()));
            } else if (verdict instanceof Expired expired) {
                return new Finding("past", "Expired", "A token of ours that is too old.", Optional.of(expired.id()));
            } else if (verdict instanceof Revoked revoked) {
                return new Finding(
                        "bad",
                        "Revoked",
                        revoked.rotated()
                                ? "A token of ours that was replaced; its overlap has ended."
                                : "A token of ours that was taken back.",
                        Optional.of(revoked.id()));
            } else if (verdict instanceof Rejected rejected) {
                return new Finding(
                        "bad",
                        "Rejected",
                        "Not a token that this server accepts: "
                                + rejected.reason().sentence() + ".",
                        Optional.empty());
            }
            verdict.orThrow();
            throw new IllegalStateException("an unavailable verdict has thrown nothing");
        }
    }

    @GetMapping(INSPECT)
    ResponseEntity<String> form(HttpServletRequest request) {
        return show(request, HttpStatus.OK, Map.of("found", false, "error", false));
    }

    @PostMapping(INSPECT)
    ResponseEntity<String> inspect(HttpServletRequest request, @RequestParam(defaultValue = "") String token) {
        var text = token.strip();
        if (text.isEmpty()) {
            return show(request, HttpStatus.UNPROCESSABLE_CONTENT, Map.of("found", false, "error", true));
        }
        var finding = Finding.of(tokens.check(text));
        var record = finding.id().flatMap(tokens::find).map(found -> new TokenView(found, pages.now()));
        var model = new HashMap<String, Object>();
        model.put("found", true);
        model.put("error", false);
        model.put("badge", finding.badge());
        model.put("word", finding.word());
        model.put("sentence", finding.sentence());
        model.put("token", record.orElse(null));
        model.put("unknown", finding.id().isPresent() && record.isEmpty());
        return show(request, HttpStatus.OK, model);
    }

    private ResponseEntity<String> show(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        return pages.show(request, status, "inspect", "Inspect a token", model);
    }

    /** For a text that is well signed and has no row: minted with a stolen key, or its row is gone. */
    @PostMapping(INSPECT + "/revoke")
    ResponseEntity<String> revoke(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String token,
            @AuthenticationPrincipal PageSession session) {
        var acting = tokens.actingAs(session.actor());
        var outcome = acting.confirm(acting.revokeText(token.strip()));
        return outcome.found()
                ? pages.redirect(request, INSPECT, Notice.revoked(Kind.REVOKED, outcome))
                : pages.problem(
                        request,
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "Not revoked",
                        "No key of this server has signed this text, so there is nothing to revoke.");
    }
}
