/**
 * Planted secrets, and the watch over everything that is printed while tests run.
 *
 * <p>Used by tests of the other modules and by nothing else; never published. Secrets are made by {@code Canary} alone, so that the
 * watch knows them all.
 */
@NullMarked
package dev.countermark.canary;

import org.jspecify.annotations.NullMarked;
