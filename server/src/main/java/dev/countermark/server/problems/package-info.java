/**
 * Errors as problem details (RFC 9457): one constant answer each for 401, 403 and 503.
 *
 * <p>Features throw the exceptions of this package, which turns them, and the library's own, into answers. The type of a problem and
 * its status are promises; its title and detail are for people and may be reworded, but never repeat what was sent.
 */
@NullMarked
package dev.countermark.server.problems;

import org.jspecify.annotations.NullMarked;
