/**
 * What CPython's own functions answer, where signed values depend on it to the byte.
 *
 * <p>Not exported: the formats use it. Each class answers as the function that it names, so a change here changes what those
 * formats write and read: add beside, never edit.
 */
@NullMarked
package dev.countermark.python;

import org.jspecify.annotations.NullMarked;
