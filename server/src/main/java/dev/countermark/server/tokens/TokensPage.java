package dev.countermark.server.tokens;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of tokens, those that end last first.
 *
 * @param tokens what it holds
 * @param nextCursor {@code cursor} of the part behind it; absent at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokensPage(List<TokenView> tokens, @Nullable String nextCursor) {

    static TokensPage of(Page<ApiToken> page) {
        return new TokensPage(
                page.items().stream().map(TokenView::of).toList(), page.next().orElse(null));
    }
}
