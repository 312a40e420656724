/**
 * Sign a value, hand it out, and get it back safe.
 *
 * <p>Start with {@link dev.countermark.Tokens#of Tokens.of}. A {@link dev.countermark.Keyring} says which key signs,
 * a purpose keeps one use of it apart from another, a {@link dev.countermark.Codec} turns a value into bytes, and the
 * three front types say what a token promises about time: {@link dev.countermark.Tokens} nothing,
 * {@link dev.countermark.DatedTokens} when it was signed, {@link dev.countermark.TimedTokens} that it expires.
 *
 * <p>Here is the front door and the format of our own. {@link dev.countermark.WireFormat}, {@link dev.countermark.Reading},
 * {@link dev.countermark.TokenParts} and {@link dev.countermark.Terms} are for those who add a format. What a token looks
 * like is a promise: a format is never edited, another is added beside it.
 *
 * <p>A signed value is not secret: whoever holds a token can read it.
 */
@NullMarked
package dev.countermark;

import org.jspecify.annotations.NullMarked;
