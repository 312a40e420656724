/** Scopes that mean something to the service itself. */
@NullMarked
package dev.countermark.server.scopes;

import org.jspecify.annotations.NullMarked;
