/**
 * Introspection (RFC 7662) and revocation (RFC 7009) of tokens.
 *
 * <p>What is asked and answered is fixed by the RFCs; a further member of an answer needs one that is registered there.
 */
@NullMarked
package dev.countermark.server.oauth;

import org.jspecify.annotations.NullMarked;
