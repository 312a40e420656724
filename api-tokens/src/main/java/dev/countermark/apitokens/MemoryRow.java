package dev.countermark.apitokens;

import dev.countermark.apitokens.TokenStore.Draft;
import java.time.Instant;
import java.util.Optional;

/** A token of {@link InMemoryTokenStore}, whose monitor guards it: what it was issued as, and what became of it. */
final class MemoryRow {

    private final Draft draft;
    private final long generation;
    private final Optional<String> replaces;

    private Instant endsAt;
    private boolean revoked;
    private boolean announce;
    private Optional<Instant> lastUsedAt = Optional.empty();
    private Optional<String> replacedBy = Optional.empty();

    MemoryRow(Draft draft, long generation, Optional<String> replaces) {
        this.draft = draft;
        this.generation = generation;
        this.replaces = replaces;
        this.endsAt = draft.expiresAt();
        this.announce = draft.announceExpiry();
    }

    MemoryRow copy() {
        var copy = new MemoryRow(draft, generation, replaces);
        copy.endsAt = endsAt;
        copy.revoked = revoked;
        copy.announce = announce;
        copy.lastUsedAt = lastUsedAt;
        copy.replacedBy = replacedBy;
        return copy;
    }

    /** @param refuseIssuedBefore what the store refuses since a restore; the epoch for nothing */
    ApiToken at(Instant now, Instant refuseIssuedBefore) {
        return new ApiToken(
                draft.id(),
                draft.prefix(),
                draft.subject(),
                draft.name(),
                Scopes.parse(draft.scope()),
                draft.metadata(),
                draft.issuedAt(),
                draft.expiresAt(),
                endsAt,
                state(now, refuseIssuedBefore),
                lastUsedAt,
                generation,
                draft.keyFingerprint(),
                replaces,
                replacedBy);
    }

    private TokenState state(Instant now, Instant refuseIssuedBefore) {
        if (now.getEpochSecond() <= endsAt.getEpochSecond()) {
            return draft.issuedAt().isBefore(refuseIssuedBefore) ? TokenState.REVOKED : TokenState.ACTIVE;
        }
        return revoked ? TokenState.REVOKED : TokenState.EXPIRED;
    }

    Draft draft() {
        return draft;
    }

    boolean announce() {
        return announce;
    }

    void announced() {
        announce = false;
    }

    /** Refused from a moment on, if it does not end before. */
    void end(Instant refusedFrom) {
        var lastSecond = Instant.ofEpochSecond(refusedFrom.getEpochSecond() - 1);
        if (lastSecond.isBefore(endsAt)) {
            endsAt = lastSecond;
            revoked = true;
        }
        announce = false;
    }

    void replace(String successor, Instant refusedFrom) {
        replacedBy = Optional.of(successor);
        end(refusedFrom);
    }

    /** Notes a use, if the last that was noted is long enough ago. */
    void use(Instant at) {
        if (lastUsedAt.isEmpty()
                || !lastUsedAt.get().plus(TokenStore.USE_INTERVAL).isAfter(at)) {
            lastUsedAt = Optional.of(at);
        }
    }
}
