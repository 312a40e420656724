/**
 * API tokens: issue, check, list, rotate and revoke them, with a bound on how long a revoked token lives.
 *
 * <p>When {@link dev.countermark.apitokens.ApiTokens#revoke} returns, the node that took it refuses the token; every
 * other node refuses it within the lease; a node that cannot hear revocations stops saying yes.
 */
@NullMarked
package dev.countermark.apitokens;

import org.jspecify.annotations.NullMarked;
