/**
 * Text forms of bytes and times as they stand inside tokens.
 *
 * <p>Strict: a value has one text, and any other text is refused.
 */
@NullMarked
package dev.countermark.encoding;

import org.jspecify.annotations.NullMarked;
