/**
 * Reports of leaked tokens, from anybody.
 *
 * <p>The sender is not known, so the answer tells nothing: not whether a text was a token, nor how long it took to find out. Bounds on
 * size and number may be made stricter; what the answer says may not be made richer.
 */
@NullMarked
package dev.countermark.server.leaked;

import org.jspecify.annotations.NullMarked;
