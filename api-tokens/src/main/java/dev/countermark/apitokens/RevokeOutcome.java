package dev.countermark.apitokens;

import java.util.OptionalLong;

/**
 * What a revocation did: as {@code revoke} returns it, this node refuses; {@link ApiTokens#confirm} asks the others.
 *
 * @param number its number in the change feed; empty when there was nothing to revoke
 * @param confirmed how many live nodes are known to have applied it; before {@code confirm} this one
 * @param live how many nodes are live by the store's clock; 0 before {@code confirm}, which asks
 */
public record RevokeOutcome(OptionalLong number, int confirmed, int live) {

    static final RevokeOutcome NOTHING = new RevokeOutcome(OptionalLong.empty(), 0, 0);

    /** Whether there was something to revoke. */
    public boolean found() {
        return number.isPresent();
    }

    /** Whether {@code confirm} has seen every live node refuse; the others do within their lease. */
    public boolean everywhere() {
        return found() && confirmed == live;
    }
}
