/** What CPython's own functions answer, where signed values depend on it to the byte. Not exported: the formats use it. */
@NullMarked
package dev.countermark.python;

import org.jspecify.annotations.NullMarked;
