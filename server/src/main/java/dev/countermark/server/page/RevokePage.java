package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import dev.countermark.server.page.Notice.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Revoking one token, or all of a subject: a page asks, a form does it, the next page says how many nodes confirmed. */
@Controller
final class RevokePage {

    private static final String ONE = TokensPage.LIST + "/{id}/revoke";
    private static final String ALL = AdminPage.ROOT + "/tokens/revoke-subject";

    private final ApiTokens tokens;
    private final Pages pages;

    RevokePage(ApiTokens tokens, Pages pages) {
        this.tokens = tokens;
        this.pages = pages;
    }

    @GetMapping(ONE)
    ResponseEntity<String> ask(
            HttpServletRequest request, @PathVariable String id, @AuthenticationPrincipal PageSession session) {
        return tokens.find(id)
                .map(token -> pages.show(
                        request,
                        "revoke",
                        "Revoke a token",
                        Map.of("token", new TokenView(token, pages.now()), "own", id.equals(session.adminToken()))))
                .orElseGet(() -> pages.missing(request, TokensPage.NO_SUCH_TOKEN));
    }

    @PostMapping(ONE)
    ResponseEntity<String> revoke(
            HttpServletRequest request, @PathVariable String id, @AuthenticationPrincipal PageSession session) {
        var acting = tokens.actingAs(session.actor());
        var outcome = acting.confirm(acting.revoke(id));
        return outcome.found()
                ? pages.redirect(request, TokensPage.LIST + "/" + id, Notice.revoked(Kind.REVOKED, outcome))
                : pages.missing(request, TokensPage.NO_SUCH_TOKEN);
    }

    @GetMapping(ALL)
    ResponseEntity<String> askAll(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String subject,
            @AuthenticationPrincipal PageSession session) {
        var search = Search.of(subject);
        if (search.subject().isEmpty()) {
            return noSubject(request);
        }
        var model = new HashMap<String, Object>();
        model.put("subject", search.text());
        var active = tokens.list(
                TokenQuery.all().subject(search.text()).state(TokenState.ACTIVE).limit(1000));
        model.put("active", active.items().size());
        model.put("one", active.items().size() == 1);
        model.put("many", active.next().isPresent());
        model.put("typed", search.typed());
        model.put("parameter", search.parameter());
        model.put("own", search.text().equals(session.subject()));
        return pages.show(request, "revoke-subject", "Revoke all tokens of a subject", model);
    }

    @PostMapping(ALL)
    ResponseEntity<String> revokeAll(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String subject,
            @AuthenticationPrincipal PageSession session) {
        var search = Search.of(subject);
        if (search.subject().isEmpty()) {
            return noSubject(request);
        }
        var acting = tokens.actingAs(session.actor());
        var outcome = acting.confirm(acting.revokeSubject(search.text()));
        return pages.redirect(
                request, TokensPage.LIST + "?q=" + search.parameter(), Notice.revoked(Kind.SUBJECT_REVOKED, outcome));
    }

    private ResponseEntity<String> noSubject(HttpServletRequest request) {
        return pages.problem(
                request, HttpStatus.BAD_REQUEST, "No subject", "This is not a subject. Nothing was changed.");
    }
}
