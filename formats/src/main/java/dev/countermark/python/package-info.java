/** What CPython's own functions answer, where signed values depend on it to the byte. Not exported. */
@NullMarked
package dev.countermark.python;

import org.jspecify.annotations.NullMarked;
