/**
 * Load on the service over HTTP.
 *
 * <p>Programs, not tests: each prints what it measured, and passes no judgement.
 */
@NullMarked
package dev.countermark.benchmarks.load;

import org.jspecify.annotations.NullMarked;
