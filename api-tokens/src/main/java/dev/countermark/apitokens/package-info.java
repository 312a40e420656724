/**
 * API tokens: issue, check, list, rotate and revoke them, with a bound on how long a revoked token lives.
 *
 * <p>When {@link dev.countermark.apitokens.ApiTokens#revoke} returns, the node that took it refuses the token; every
 * other node refuses it within the lease; a node that cannot hear revocations stops saying yes.
 *
 * <p>{@link dev.countermark.apitokens.ApiTokens} is the front door, {@link dev.countermark.apitokens.StatelessApiTokens} the
 * one without a store. {@link dev.countermark.apitokens.TokenStore} is for those who write a store, which then passes the
 * contract test of the others. The text of a token and its claims are wire format: never edited.
 */
@NullMarked
package dev.countermark.apitokens;

import org.jspecify.annotations.NullMarked;
