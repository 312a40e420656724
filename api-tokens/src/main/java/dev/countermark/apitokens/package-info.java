/**
 * API tokens: issue, check, list, rotate and revoke them, with a bound on how long a revoked token lives.
 *
 * <p>When {@link dev.countermark.apitokens.ApiTokens#revoke} returns, the node that took it refuses the token; every
 * other node refuses it within the lease; a node that cannot hear revocations stops saying yes.
 *
 * <p>{@link dev.countermark.apitokens.ApiTokens} is the front door, {@link dev.countermark.apitokens.StatelessApiTokens} the
 * one without a store. {@link dev.countermark.apitokens.TokenStore} is for those who write a store, which then passes the
 * contract test of the others. The text of a token and its claims are wire format: never edited.
 *
 * <p>What stands behind the public classes knows them and they know it, so all of it is one package, in these rooms:
 *
 * <dl>
 *   <dt>What callers meet
 *   <dd>{@link ApiTokens}, {@link StatelessApiTokens}, {@link ApiTokenOptions}, {@link TokenEvents}; issuing:
 *       {@link IssueRequest}, {@link IssuedToken}, {@code Issuing}, {@code RequestDigest}; verdicts: {@link ApiTokenVerdict},
 *       {@link RevokedTokenException}, {@link RevocationsUnavailableException}; revoking: {@link RevokeOutcome},
 *       {@code Confirmation}, {@link RestoreAnswer}; failures: {@link RefusedChangeException}, {@link OutcomeUnknownException},
 *       {@link TokenStoreException}
 *   <dt>The text of a token
 *   <dd>{@code SignedTokens} signs and reads it, {@code Claims} and {@code ClaimsCodec} are what stands in it, {@code Reading} is
 *       what a text turned out to be; {@code TokenId}, {@code Scopes}, {@code Text}; {@link LeakedTokens} finds it elsewhere
 *   <dt>The check, from memory
 *   <dd>{@code Checker} asks {@code SignedTokens}, {@code Lease} and {@code Revocations}, which are an {@code IdTable} and a
 *       {@code SubjectHash}; {@code LastUses} notes who came
 *   <dt>How a node hears of revocations
 *   <dd>{@code Feed} reads them into memory, woken by {@code Doorbell} and {@code Poller}; {@code FeedMemory} and
 *       {@code FeedFile} notice a database that was restored
 *   <dt>A running node
 *   <dd>{@code Node}, {@code NodeTime}, {@code Reports}, {@code Upkeep}; {@link NodeInfo} and {@link NodeStatus} for others
 *   <dt>Keys
 *   <dd>{@link KeySource}, {@link KeyFile}, {@link KeyInfo}, {@link KeyMismatchException}, {@code NodeKeys}, {@code SharedKeys}
 *   <dt>Records and stores
 *   <dd>{@link TokenStore}, and what it keeps: {@link ApiToken}, {@link TokenState}, {@link TokenQuery}, {@link AuditEntry},
 *       {@link AuditQuery}, {@link Page}, {@link TokenCursor}; {@link InMemoryTokenStore} with {@code MemoryRow},
 *       {@code MemoryAudit}, {@code MemoryKeys} and {@code MemoryNodes}; {@code dev.countermark.apitokens.jdbc} for databases
 *   <dt>Files
 *   <dd>{@link DataFolder}, {@code PrivateFiles}
 * </dl>
 */
@NullMarked
package dev.countermark.apitokens;

import org.jspecify.annotations.NullMarked;
