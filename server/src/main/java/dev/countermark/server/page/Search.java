package dev.countermark.server.page;

import dev.countermark.apitokens.IssueRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for: a subject, or the id of a token.
 *
 * @param text what was typed, without space around it
 */
record Search(String text) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /** Begins as the text of a token, of whatever prefix; browsers stop such a form before it gets into an address. */
    private static final Pattern TOKEN = Pattern.compile("[a-z][a-z0-9]{1,15}_eyJ.*", Pattern.DOTALL);

    static Search of(String typed) {
        return new Search(typed.strip());
    }

    Optional<String> tokenId() {
        return Optional.of(text).filter(typed -> ID.matcher(typed).matches());
    }

    Optional<String> subject() {
        return Optional.of(text).filter(typed -> !typed.isEmpty() && problem() == null);
    }

    boolean isTokenText() {
        return TOKEN.matcher(text).matches();
    }

    /** Why nothing can be found; null if something can. */
    @Nullable
    String problem() {
        if (text.isEmpty()) {
            return null;
        }
        if (isTokenText()) {
            return "That is the text of a token, and it is now in this browser's history: rotate or revoke that token."
                    + " To see what a text is, use Inspect.";
        }
        try {
            IssueRequest.forSubject(text);
            return null;
        } catch (IllegalArgumentException e) {
            return PageErrors.sentence(e);
        }
    }

    /** For the input: what was typed, unless it must not be shown. */
    Exact typed() {
        return new Exact(isTokenText() ? "" : text);
    }

    /** As part of an address. */
    String parameter() {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
