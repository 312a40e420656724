package dev.countermark.apitokens;

import dev.countermark.Reason;
import dev.countermark.apitokens.ApiTokenVerdict.Unavailable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The check of a token, in wire order: signature, expiry, lease, revocations; and a live row where a scope is ours.
 *
 * <p>No I/O and no lock while the lease holds, but for tokens with a reserved scope.
 */
final class Checker {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Supplier<SignedTokens> texts;
    private final NodeTime time;
    private final Lease lease;
    private final Revocations revocations;
    private final Refresh refresh;
    private final TokenStore store;
    private final LastUses lastUses;

    /** Asks for a poll when the lease has lapsed. */
    @FunctionalInterface
    interface Refresh {

        /** Returns when a poll that all callers share has ended, after about a second at the latest. */
        void poll();
    }

    Checker(
            Supplier<SignedTokens> texts,
            NodeTime time,
            Lease lease,
            Revocations revocations,
            Refresh refresh,
            TokenStore store,
            LastUses lastUses) {
        this.texts = texts;
        this.time = time;
        this.lease = lease;
        this.revocations = revocations;
        this.refresh = refresh;
        this.store = store;
        this.lastUses = lastUses;
    }

    ApiTokenVerdict check(String text) {
        return Objects.requireNonNull(check(text, true));
    }

    /** The verdict on a text, or null where the store would have to be asked. */
    @Nullable
    ApiTokenVerdict checkFromMemory(String text) {
        return check(text, false);
    }

    private @Nullable ApiTokenVerdict check(String text, boolean mayWait) {
        var keys = texts.get();
        var reading = keys.read(text);
        if (reading.refused() != null) {
            return new ApiTokenVerdict.Rejected(reading.refused());
        }
        long wall = time.wall();
        if (isExpired(reading, wall)) {
            return reading.expired();
        }
        if (!lease.holds(wall)) {
            if (!mayWait) {
                return null;
            }
            refresh.poll();
            wall = time.wall();
            if (!lease.holds(wall)) {
                return new Unavailable(RETRY_AFTER);
            }
        }
        if (texts.get() != keys) {
            // The lease speaks for the keys as they are now: the one that signed this may have been retired.
            reading = texts.get().read(text);
            if (reading.refused() != null) {
                return new ApiTokenVerdict.Rejected(reading.refused());
            }
        }
        var answer = revocations.of(reading.claims(), reading.issuedAt().getEpochSecond(), seconds(wall));
        if (answer != Revocations.Answer.NONE) {
            return reading.revoked(answer == Revocations.Answer.ROTATED);
        }
        // Again, because revocations of tokens that have expired may be forgotten meanwhile.
        if (isExpired(reading, wall)) {
            return reading.expired();
        }
        if (Scopes.hasReserved(reading.claims().scope())) {
            return mayWait ? withLiveRow(reading) : null;
        }
        lastUses.record(reading.claims().idHigh(), reading.claims().idLow());
        return reading.valid();
    }

    private boolean isExpired(Reading reading, long wall) {
        long now = Math.max(seconds(wall), revocations.floor());
        return now > reading.claims().expiresAt();
    }

    private static long seconds(long millis) {
        return Math.floorDiv(millis, 1000L);
    }

    /** A token with power over tokens counts only as it stands in the store, so that a stolen key mints none. */
    private ApiTokenVerdict withLiveRow(Reading reading) {
        Optional<ApiToken> row;
        try {
            row = store.find(reading.claims().id(), time.now());
        } catch (TokenStoreException e) {
            return new Unavailable(RETRY_AFTER);
        }
        boolean live = row.filter(token -> token.state() == TokenState.ACTIVE
                        && Claims.of(token).equals(reading.claims())
                        && token.issuedAt().equals(reading.issuedAt()))
                .isPresent();
        if (!live) {
            return new ApiTokenVerdict.Rejected(Reason.CLAIM_MISMATCH);
        }
        lastUses.record(reading.claims().idHigh(), reading.claims().idLow());
        return reading.valid();
    }
}
