package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.server.page.ShownOnce.Pending;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Replacing a token by a new one, with a time in which both are accepted. */
@Controller
final class RotatePage {

    private static final String ROTATE = TokensPage.LIST + "/{id}/rotate";

    private final ApiTokens tokens;
    private final Pages pages;
    private final ShownOnce shown;

    RotatePage(ApiTokens tokens, Pages pages, ShownOnce shown) {
        this.tokens = tokens;
        this.pages = pages;
        this.shown = shown;
    }

    @GetMapping(ROTATE)
    ResponseEntity<String> form(
            HttpServletRequest request, @PathVariable String id, @AuthenticationPrincipal PageSession session) {
        var token = tokens.find(id).map(found -> new TokenView(found, pages.now()));
        if (token.isEmpty()) {
            return pages.missing(request, TokensPage.NO_SUCH_TOKEN);
        }
        if (!token.get().rotatable()) {
            return pages.problem(
                    request,
                    HttpStatus.CONFLICT,
                    "Cannot be rotated",
                    "Only an active token without a successor can be rotated.");
        }
        return pages.show(
                request,
                "rotate",
                "Rotate a token",
                Map.of("token", token.get(), "own", id.equals(session.adminToken()), "request", Nonce.random()));
    }

    @PostMapping(ROTATE)
    ResponseEntity<String> rotate(
            HttpServletRequest request,
            @PathVariable String id,
            @AuthenticationPrincipal PageSession session,
            @RequestParam(defaultValue = "") String overlap,
            @RequestParam(defaultValue = "") String scripts,
            @RequestParam(name = "request", defaultValue = "") String nonce) {
        var length = Overlap.of(overlap);
        if (length.isEmpty() || !Nonce.isNonce(nonce)) {
            return pages.problem(
                    request,
                    HttpStatus.BAD_REQUEST,
                    "Not rotated",
                    "The form was not complete. Go back and send it again.");
        }
        if (tokens.find(id).filter(PageSessions::isSession).isPresent()) {
            return pages.problem(
                    request, HttpStatus.CONFLICT, "Not rotated", "A session of this page ends; it is not rotated.");
        }
        var key = "page " + nonce;
        var successor = tokens.actingAs(session.actor()).rotate(id, length.get().duration, key);
        return pages.redirect(
                TextPage.of(successor.token().id()),
                shown.cookie(
                        session,
                        Pending.rotated(successor, key, id, length.get().duration, scripts.equals("true")),
                        request));
    }

    /** How long both tokens are accepted. */
    enum Overlap {
        NONE(Duration.ZERO),
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1)),
        WEEK(Duration.ofDays(7)),
        MONTH(Duration.ofDays(30));

        private final Duration duration;

        Overlap(Duration duration) {
            this.duration = duration;
        }

        static Optional<Overlap> of(String seconds) {
            for (var overlap : values()) {
                if (Long.toString(overlap.duration.toSeconds()).equals(seconds)) {
                    return Optional.of(overlap);
                }
            }
            return Optional.empty();
        }
    }
}
