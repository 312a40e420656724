/**
 * The log: what happened to which token, by its id.
 *
 * <p>Messages and the names of their values are read by machines: added to, never renamed. The text of a token, a subject, a key or a
 * header is never a value.
 */
@NullMarked
package dev.countermark.server.log;

import org.jspecify.annotations.NullMarked;
