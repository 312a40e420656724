/** Load on the service over HTTP. */
@NullMarked
package dev.countermark.benchmarks.load;

import org.jspecify.annotations.NullMarked;
