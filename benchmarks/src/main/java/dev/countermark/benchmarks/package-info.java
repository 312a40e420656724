/** Benchmarks: ours, other libraries and the floor, in one run. Start with {@code benchmarks/run.sh}. */
@NullMarked
package dev.countermark.benchmarks;

import org.jspecify.annotations.NullMarked;
