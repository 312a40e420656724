/** Planted secrets, and the watch over everything that is printed while tests run. */
@NullMarked
package dev.countermark.canary;

import org.jspecify.annotations.NullMarked;
