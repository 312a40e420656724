package dev.countermark.server.page;

import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/**
 * Carries a new token's text over the redirect that follows a form, without carrying it.
 *
 * <p>The text is kept nowhere. A cookie of two minutes names the change by its idempotency key; the page behind the
 * redirect makes the change again, which brings the same text, and deletes the cookie. So any node can answer, a lost
 * answer loses no token, and neither address nor history nor cookie has a secret that is worth anything without the
 * session.
 */
final class ShownOnce {

    static final Duration AGE = Duration.ofMinutes(2);

    private final ApiTokens tokens;
    private final Cookies cookies;

    ShownOnce(ApiTokens tokens, Cookies cookies) {
        this.tokens = tokens;
        this.cookies = cookies;
    }

    /**
     * A change whose token is to be shown.
     *
     * @param id id of the new token
     * @param key idempotency key of the change
     * @param rotated id of the token it replaces; empty when it was issued
     * @param overlap overlap of the rotation in seconds
     * @param scripts whether the browser runs scripts
     */
    record Pending(String id, String key, String rotated, long overlap, boolean scripts) {

        static Pending issued(IssuedToken issued, String key, boolean scripts) {
            return new Pending(issued.token().id(), key, "", 0, scripts);
        }

        static Pending rotated(IssuedToken successor, String key, String old, Duration overlap, boolean scripts) {
            return new Pending(successor.token().id(), key, old, overlap.toSeconds(), scripts);
        }
    }

    /** The cookie for the redirect. */
    ResponseCookie cookie(PageSession session, Pending pending, HttpServletRequest request) {
        return cookies.make(Cookies.Name.SHOWN, signed(session).sign(pending), AGE, request);
    }

    /** The change that the cookie of this request names, if it is the one that brought this token. */
    Optional<Pending> pending(PageSession session, String id, HttpServletRequest request) {
        return cookies.read(Cookies.Name.SHOWN, request)
                .flatMap(cookie -> signed(session).check(cookie) instanceof Valid<Pending> valid
                        ? Optional.of(valid.value())
                        : Optional.empty())
                .filter(pending -> pending.id().equals(id));
    }

    /** The text of the token that a change brought. */
    String text(PageSession session, Pending pending, ApiToken token) {
        return again(session, pending, token).text();
    }

    /** Deletes the cookie. */
    ResponseCookie gone(HttpServletRequest request) {
        return cookies.delete(Cookies.Name.SHOWN, request);
    }

    private IssuedToken again(PageSession session, Pending pending, ApiToken token) {
        var acting = tokens.actingAs(session.actor());
        if (!pending.rotated().isEmpty()) {
            return acting.rotate(pending.rotated(), Duration.ofSeconds(pending.overlap()), pending.key());
        }
        return acting.issue(IssueRequest.forSubject(token.subject())
                .name(token.name())
                .scopes(token.scopes())
                .lifetime(Duration.between(token.issuedAt(), token.expiresAt()))
                .metadata(token.metadata())
                .idempotencyKey(pending.key()));
    }

    private TimedTokens<Pending> signed(PageSession session) {
        return Tokens.of(session.keys(), "admin-page-shown", Json.of(Pending.class))
                .expiringAfter(AGE)
                .clock(tokens.options().clock());
    }
}
