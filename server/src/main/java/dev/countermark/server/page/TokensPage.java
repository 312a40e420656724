package dev.countermark.server.page;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.Page;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Finding tokens, and one token's record. */
@Controller
final class TokensPage {

    static final String LIST = AdminPage.ROOT + "/tokens";

    /** Why there is nothing to show. */
    static final String NO_SUCH_TOKEN = "No token has this id. Tokens are forgotten a day after they have ended.";

    private static final int PAGE_SIZE = 50;

    private final ApiTokens tokens;
    private final Pages pages;

    TokensPage(ApiTokens tokens, Pages pages) {
        this.tokens = tokens;
        this.pages = pages;
    }

    /** A state to choose. */
    record Choice(String value, String label, boolean chosen) {}

    @GetMapping({"/", AdminPage.ROOT, AdminPage.ROOT + "/"})
    ResponseEntity<String> front() {
        return pages.redirect(LIST);
    }

    @GetMapping(LIST)
    ResponseEntity<String> list(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String cursor) {
        var search = Search.of(q);
        var id = search.tokenId();
        if (id.flatMap(tokens::find).isPresent()) {
            return pages.redirect(LIST + "/" + id.get());
        }
        var wanted = state(state);
        Page<ApiToken> page;
        try {
            page = search.problem() == null ? tokens.list(query(search, wanted, cursor)) : none();
        } catch (IllegalArgumentException e) {
            return pages.problem(
                    request, HttpStatus.BAD_REQUEST, "No such page", "This part of the list is none. Begin again.");
        }
        var model = new HashMap<String, Object>();
        model.put("search", search);
        model.put("problem", search.problem());
        model.put("subject", search.subject().orElse(null));
        model.put("states", choices(wanted));
        model.put("state", wanted.map(TokensPage::name).orElse(""));
        model.put("tokens", TokenView.of(page.items(), pages.now()));
        model.put("empty", page.items().isEmpty());
        model.put("filtered", !search.text().isEmpty() || wanted.isPresent());
        model.put("later", !cursor.isEmpty());
        model.put("next", page.next().orElse(null));
        return pages.show(
                request,
                search.problem() == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT,
                "tokens",
                "Tokens",
                model);
    }

    private static TokenQuery query(Search search, Optional<TokenState> state, String cursor) {
        var query = TokenQuery.all().limit(PAGE_SIZE);
        if (search.subject().isPresent()) {
            query = query.subject(search.subject().get());
        }
        if (state.isPresent()) {
            query = query.state(state.get());
        }
        return cursor.isEmpty() ? query : query.after(cursor);
    }

    private static Page<ApiToken> none() {
        return new Page<>(List.of(), Optional.empty());
    }

    private static Optional<TokenState> state(String name) {
        for (var state : TokenState.values()) {
            if (name(state).equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    private static String name(TokenState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static List<Choice> choices(Optional<TokenState> wanted) {
        var choices = new ArrayList<Choice>();
        choices.add(new Choice("", "Any", wanted.isEmpty()));
        for (var state : TokenState.values()) {
            var label = state.name().charAt(0) + name(state).substring(1);
            choices.add(
                    new Choice(name(state), label, wanted.filter(state::equals).isPresent()));
        }
        return choices;
    }

    @GetMapping(LIST + "/{id}")
    ResponseEntity<String> one(
            HttpServletRequest request, @PathVariable String id, @AuthenticationPrincipal PageSession session) {
        return tokens.find(id)
                .map(token -> pages.show(
                        request,
                        "token",
                        "Token",
                        Map.of("token", new TokenView(token, pages.now()), "own", id.equals(session.adminToken()))))
                .orElseGet(() -> pages.missing(request, NO_SUCH_TOKEN));
    }

    @GetMapping(AdminPage.ROOT + "/**")
    ResponseEntity<String> nothing(HttpServletRequest request) {
        return pages.missing(request, "There is no such page.");
    }
}
