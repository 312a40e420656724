/**
 * Revocations of tokens by their text, and of all tokens of a subject, under {@code /v1/revocations}.
 *
 * <p>An answer comes after the revocation is stored, and is the same whether or not there was something to revoke.
 */
@NullMarked
package dev.countermark.server.revocations;

import org.jspecify.annotations.NullMarked;
