/**
 * Benchmarks: ours, other libraries and the floor, in one run. Start with {@code benchmarks/run.sh}.
 *
 * <p>A benchmark is added as a class here, and its table in {@code Report}, which writes {@code docs/performance.md}. What was published
 * was measured with the values of {@code Samples}: changing one makes every older figure void.
 */
@NullMarked
package dev.countermark.benchmarks;

import org.jspecify.annotations.NullMarked;
