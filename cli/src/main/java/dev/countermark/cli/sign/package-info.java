/**
 * The commands {@code sign}, {@code verify} and {@code inspect}, the options that they share, and the key of one's own.
 *
 * <p>They know no format but through {@code formats}, and look at nothing of an API token but its text. Where the key is made
 * when none was given, and that {@code inspect} believes nothing without a key, must stay.
 */
@NullMarked
package dev.countermark.cli.sign;

import org.jspecify.annotations.NullMarked;
