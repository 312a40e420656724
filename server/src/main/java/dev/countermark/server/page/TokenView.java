package dev.countermark.server.page;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.TokenState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A token's record as the templates ask for it. */
record TokenView(ApiToken token, Instant now) {

    private static final Duration SOON = Duration.ofDays(7);

    /** A fact of the metadata. */
    record Fact(String key, String value) {}

    static List<TokenView> of(List<ApiToken> tokens, Instant now) {
        return tokens.stream().map(token -> new TokenView(token, now)).toList();
    }

    String id() {
        return token.id();
    }

    String path() {
        return TokensPage.LIST + "/" + token.id();
    }

    String subject() {
        return token.subject();
    }

    /** What a list calls it. */
    String label() {
        return pageSession() ? "Session of this page" : token.subject();
    }

    /** The subject as part of an address. */
    String subjectParameter() {
        return URLEncoder.encode(token.subject(), StandardCharsets.UTF_8);
    }

    String name() {
        return token.name();
    }

    List<String> scopes() {
        return List.copyOf(token.scopes());
    }

    boolean admin() {
        return token.scopes().contains(ApiTokens.ADMIN_SCOPE);
    }

    boolean pageSession() {
        return PageSessions.isSession(token);
    }

    boolean active() {
        return token.state() == TokenState.ACTIVE;
    }

    boolean rotatable() {
        return active() && token.replacedBy().isEmpty() && !pageSession();
    }

    /** The state in a word. */
    String state() {
        return switch (token.state()) {
            case ACTIVE -> token.replacedBy().isPresent() ? "Replaced" : endsSoon() ? "Ends soon" : "Active";
            case EXPIRED -> "Expired";
            case REVOKED -> "Revoked";
        };
    }

    /** Which of the style sheet's badges shows it. */
    String badge() {
        return switch (token.state()) {
            case ACTIVE -> token.replacedBy().isPresent() || endsSoon() ? "warn" : "good";
            case EXPIRED -> "past";
            case REVOKED -> "bad";
        };
    }

    private boolean endsSoon() {
        return Duration.between(now, token.endsAt()).compareTo(SOON) < 0
                && Duration.between(token.issuedAt(), token.expiresAt()).compareTo(SOON) > 0;
    }

    Moment issued() {
        return Moment.of(token.issuedAt(), now);
    }

    Moment expires() {
        return Moment.of(token.expiresAt(), now);
    }

    /** When it stops or stopped being accepted, where that is not its expiry. */
    @Nullable
    Moment endsEarlier() {
        return token.endsAt().equals(token.expiresAt()) ? null : Moment.of(token.endsAt(), now);
    }

    Moment ends() {
        return Moment.of(token.endsAt(), now);
    }

    @Nullable
    Moment lastUsed() {
        return token.lastUsedAt().map(used -> Moment.of(used, now)).orElse(null);
    }

    List<Fact> metadata() {
        return new TreeMap<>(token.metadata())
                .entrySet().stream()
                        .map(fact -> new Fact(fact.getKey(), fact.getValue()))
                        .toList();
    }

    boolean described() {
        return !token.metadata().isEmpty();
    }

    String keyFingerprint() {
        return token.keyFingerprint();
    }

    @Nullable
    String replaces() {
        return token.replaces().orElse(null);
    }

    @Nullable
    String replacedBy() {
        return token.replacedBy().orElse(null);
    }
}
