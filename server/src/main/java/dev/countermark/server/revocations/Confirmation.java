package dev.countermark.server.revocations;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.RevokeOutcome;
import dev.countermark.server.problems.NotFoundException;
import org.springframework.http.ResponseEntity;

/**
 * How many nodes refuse by now; the others do within their lease.
 *
 * @param confirmed how many live nodes have applied the revocation
 * @param live how many nodes are live
 */
public record Confirmation(int confirmed, int live) {

    /**
     * The answer to a revocation: 204, or after a wait of at most one lease 200 with the nodes that have confirmed.
     *
     * @throws NotFoundException if there was nothing to revoke
     */
    public static ResponseEntity<Confirmation> of(ApiTokens tokens, RevokeOutcome outcome, boolean wait) {
        if (!outcome.found()) {
            throw new NotFoundException();
        }
        if (!wait) {
            return ResponseEntity.noContent().build();
        }
        var confirmed = tokens.confirm(outcome);
        return ResponseEntity.ok(new Confirmation(confirmed.confirmed(), confirmed.live()));
    }
}
