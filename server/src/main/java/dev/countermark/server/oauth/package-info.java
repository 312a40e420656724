/** Introspection (RFC 7662) and revocation (RFC 7009) of tokens. */
@NullMarked
package dev.countermark.server.oauth;

import org.jspecify.annotations.NullMarked;
