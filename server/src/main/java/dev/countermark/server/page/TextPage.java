package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The one page that shows the text of a token, after it was issued or rotated. */
@Controller
final class TextPage {

    private static final String TEXT = TokensPage.LIST + "/{id}/text";

    private final ApiTokens tokens;
    private final Pages pages;
    private final ShownOnce shown;

    TextPage(ApiTokens tokens, Pages pages, ShownOnce shown) {
        this.tokens = tokens;
        this.pages = pages;
        this.shown = shown;
    }

    /** Where the text of a new token is shown. */
    static String of(String id) {
        return TokensPage.LIST + "/" + id + "/text";
    }

    /**
     * Once, right after the form; later the same address says that it was shown.
     *
     * <p>Chromium keeps pages to go back to, {@code no-store} or not, unless they answer a POST. A script empties the
     * page before; where none runs, the text comes as the answer to one more form.
     */
    @GetMapping(TEXT)
    ResponseEntity<String> show(
            HttpServletRequest request, @PathVariable String id, @AuthenticationPrincipal PageSession session) {
        return show(request, id, session, false);
    }

    @PostMapping(TEXT)
    ResponseEntity<String> showAsked(
            HttpServletRequest request, @PathVariable String id, @AuthenticationPrincipal PageSession session) {
        return show(request, id, session, true);
    }

    private ResponseEntity<String> show(HttpServletRequest request, String id, PageSession session, boolean asked) {
        var token = tokens.find(id);
        if (token.isEmpty()) {
            return pages.missing(request, TokensPage.NO_SUCH_TOKEN);
        }
        var pending = shown.pending(session, id, request);
        boolean now = pending.filter(change -> asked || change.scripts()).isPresent();
        var model = new HashMap<String, Object>();
        model.put("token", new TokenView(token.get(), pages.now()));
        model.put("text", now ? shown.text(session, pending.get(), token.get()) : null);
        model.put("ask", pending.isPresent() && !now);
        var page = pages.show(request, "text", pending.isPresent() ? "New token" : "Token text", model);
        return now ? pages.with(page, shown.gone(request)) : page;
    }
}
