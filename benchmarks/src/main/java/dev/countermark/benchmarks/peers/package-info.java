/** Other JWT libraries, each used as its best users do: everything that can be made once is made once. */
@NullMarked
package dev.countermark.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
