/**
 * Text forms of bytes and times as they stand inside tokens.
 *
 * <p>Strict: a value has one text, and any other text is refused. For those who write a format; knows nothing of keys or
 * tokens. A change here changes the wire of every format: add beside, never edit.
 */
@NullMarked
package dev.countermark.encoding;

import org.jspecify.annotations.NullMarked;
