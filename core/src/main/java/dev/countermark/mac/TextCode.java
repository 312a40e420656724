package dev.countermark.mac;

/**
 * The code of a text, and what was seen while its UTF-8 was made. Not a value to compare: the code is an array.
 *
 * @param code as long as the algorithm's codes are; the caller's to keep
 * @param bytes number of bytes of the text's UTF-8
 * @param exact false where half a surrogate pair stands in the text, for which {@code ?} was authenticated: another text has the
 *     same code
 */
public record TextCode(byte[] code, long bytes, boolean exact) {}
