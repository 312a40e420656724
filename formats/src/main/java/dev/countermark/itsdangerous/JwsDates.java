package dev.countermark.itsdangerous;

import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.encoding.EpochSeconds;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dates in the header of a timed token: integers, seconds since 1970, up to the year 9999.
 *
 * @param issuedAt {@code iat}: {@link Reading#NO_TIME} for none, {@link #MALFORMED} for what is no such integer
 * @param expiresAt {@code exp}, in the same way
 */
record JwsDates(long issuedAt, long expiresAt) {

    static final long MALFORMED = Long.MAX_VALUE;
    static final JwsDates NONE = new JwsDates(Reading.NO_TIME, Reading.NO_TIME);

    static JwsDates of(ObjectNode header) {
        return new JwsDates(seconds(header.get("iat")), seconds(header.get("exp")));
    }

    private static long seconds(@Nullable JsonNode node) {
        if (node == null) {
            return Reading.NO_TIME;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            return MALFORMED;
        }
        long seconds = node.longValue();
        return seconds < 0 || seconds > EpochSeconds.MAX ? MALFORMED : seconds;
    }

    JwsDates orUnknown() {
        return new JwsDates(orUnknown(issuedAt), orUnknown(expiresAt));
    }

    private static long orUnknown(long seconds) {
        return seconds == MALFORMED ? Reading.NO_TIME : seconds;
    }

    /** Why the dates of a token are refused, age apart; null if they are not. */
    @Nullable
    Reason refused(long now, Terms terms) {
        if (expiresAt == Reading.NO_TIME) {
            return Reason.EXPIRY_MISSING;
        }
        if (issuedAt == MALFORMED) {
            return Reason.DATE_MALFORMED;
        }
        if (expiresAt == MALFORMED || issuedAt > expiresAt) {
            return Reason.EXPIRY_MALFORMED;
        }
        long skew = terms.skew() == null ? 0 : Math.min(terms.skew().toSeconds(), EpochSeconds.MAX);
        if (issuedAt > now + skew) {
            return Reason.FROM_THE_FUTURE;
        }
        return issuedAt == Reading.NO_TIME && terms.lifetime() != null ? Reason.DATE_MISSING : null;
    }

    /** Whether the token is too old: valid while now is not after the expiry. */
    boolean late(long now, Terms terms) {
        return expiresAt != Reading.NO_TIME
                && (terms.passed(expiresAt, now) || issuedAt != Reading.NO_TIME && terms.outlived(now - issuedAt));
    }
}
