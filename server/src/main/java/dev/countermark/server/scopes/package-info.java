/**
 * Scopes that mean something to the service itself.
 *
 * <p>Whoever holds one administers tokens, so issuing one is refused unless it is asked for by name. A scope is added here, and in the
 * security chains that ask for it.
 */
@NullMarked
package dev.countermark.server.scopes;

import org.jspecify.annotations.NullMarked;
