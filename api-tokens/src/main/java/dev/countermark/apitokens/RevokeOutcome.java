package dev.countermark.apitokens;

import java.util.OptionalLong;

/**
 * What a revocation did.
 *
 * @param number its number in the change feed; empty when there was nothing to revoke
 * @param confirmed how many live nodes have applied it
 * @param live how many nodes are live by the store's clock
 */
public record RevokeOutcome(OptionalLong number, int confirmed, int live) {

    static final RevokeOutcome NOTHING = new RevokeOutcome(OptionalLong.empty(), 0, 0);

    /** Whether there was something to revoke. */
    public boolean found() {
        return number.isPresent();
    }

    /** Whether every live node refuses by now; the others do within their lease. */
    public boolean everywhere() {
        return found() && confirmed == live;
    }
}
