package dev.countermark.server.page;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokenVerdict.Unavailable;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import dev.countermark.mac.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of the page. A session is itself a token, of a subject and a scope of its own, whose text the browser
 * keeps as a cookie: so it holds on every node, ends everywhere at once, and is in the audit.
 *
 * <p>It ends with the token it was opened with, after 30 minutes without a request, after 12 hours, and by logging out.
 * Ten at a time for one token; one more ends the oldest.
 */
final class PageSessions {

    /** Scope of a session. Reserved, so it counts only while its row lives; and it grants nothing outside the page. */
    static final String SCOPE = "countermark:page";

    static final Duration LONGEST = Duration.ofHours(12);
    static final Duration IDLE = Duration.ofMinutes(30);
    static final int MOST = 10;

    /** What the subject of a session begins with; the id of the token it was opened with follows. */
    static final String SUBJECT = "countermark:page:";

    private final ApiTokens tokens;

    PageSessions(ApiTokens tokens) {
        this.tokens = tokens;
    }

    /** Whether a token is a session rather than somebody's. */
    static boolean isSession(ApiToken token) {
        return token.scopes().contains(SCOPE);
    }

    /**
     * Opens a session for the text of an admin token.
     *
     * @return the text of the session's token; empty for any text that is not that of a valid admin token
     * @throws dev.countermark.apitokens.RevocationsUnavailableException if nobody knows
     */
    Optional<String> open(String text) {
        var verdict = answered(tokens.check(text));
        if (!(verdict instanceof Valid admin) || !admin.hasScope(ApiTokens.ADMIN_SCOPE)) {
            return Optional.empty();
        }
        var now = now();
        var subject = SUBJECT + admin.id();
        // Validity includes the last second, so at least one is left.
        var left = Duration.ofSeconds(Math.max(1, admin.expiresAt().getEpochSecond() - now.getEpochSecond()));
        var lifetime = Collections.min(List.of(left, LONGEST, tokens.options().maximumLifetime()));
        var acting = tokens.actingAs(PageSession.actor(admin.id()));
        var open = tokens.list(TokenQuery.all()
                        .subject(subject)
                        .state(TokenState.ACTIVE)
                        .limit(1000))
                .items();
        // Those that end first come last.
        open.stream().skip(MOST - 1L).forEach(oldest -> acting.revoke(oldest.id()));
        return Optional.of(acting.issue(IssueRequest.forSubject(subject)
                        .name("Session of the admin page")
                        .scopes(SCOPE)
                        .lifetime(lifetime))
                .text());
    }

    /**
     * The session of a cookie, checked whole on every request.
     *
     * @return empty if it has ended, was none, or the token it was opened with is no admin token any more
     * @throws dev.countermark.apitokens.RevocationsUnavailableException if nobody knows
     */
    Optional<PageSession> find(String text) {
        var verdict = answered(tokens.check(text));
        if (!(verdict instanceof Valid session)
                || !session.hasScope(SCOPE)
                || !session.subject().startsWith(SUBJECT)) {
            return Optional.empty();
        }
        var opener = session.subject().substring(SUBJECT.length());
        if (idle(session)) {
            // For good: this very check counts as a use.
            tokens.actingAs(PageSession.actor(opener)).revoke(session.id());
            return Optional.empty();
        }
        return tokens.find(opener)
                .filter(this::isAdmin)
                .map(admin ->
                        new PageSession(session.id(), admin.id(), admin.subject(), session.expiresAt(), keysOf(text)));
    }

    private boolean isAdmin(ApiToken admin) {
        return admin.state() == TokenState.ACTIVE
                && admin.scopes().contains(ApiTokens.ADMIN_SCOPE)
                // A retired key takes its tokens along, which their rows do not show.
                && tokens.keyFingerprints().contains(admin.keyFingerprint());
    }

    /** By the last use that the store knows, which is up to three minutes behind; the use of this request comes after it. */
    private boolean idle(Valid session) {
        return tokens.find(session.id())
                .map(row -> row.lastUsedAt().orElse(row.issuedAt()))
                .filter(used -> used.plus(IDLE).isAfter(now()))
                .isEmpty();
    }

    /** Ends a session, on every node. */
    void close(PageSession session) {
        tokens.actingAs(session.actor()).revoke(session.id());
    }

    private static ApiTokenVerdict answered(ApiTokenVerdict verdict) {
        return verdict instanceof Unavailable ? verdict.orThrow() : verdict;
    }

    private static Keyring keysOf(String text) {
        return Keyring.of(SigningKey.of(Digest.SHA256.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    private Instant now() {
        return tokens.options().clock().instant();
    }
}
