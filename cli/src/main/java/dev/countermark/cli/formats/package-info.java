/**
 * The wire formats of the command: what {@code --format} can name.
 *
 * <p>To add one: write a class that implements {@link dev.countermark.cli.formats.TokenFormat}, and put it into the list
 * of {@link dev.countermark.cli.formats.TokenFormats}. Nothing else knows the formats.
 */
@NullMarked
package dev.countermark.cli.formats;

import org.jspecify.annotations.NullMarked;
