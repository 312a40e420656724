/**
 * Other JWT libraries, each used as its best users do: everything that can be made once is made once.
 *
 * <p>A library is added as a class that implements {@link dev.countermark.benchmarks.peers.JwtPeer} and refuses what the others refuse.
 */
@NullMarked
package dev.countermark.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
