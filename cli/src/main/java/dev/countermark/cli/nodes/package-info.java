/**
 * The {@code nodes} command: the processes that share the tokens.
 *
 * <p>A node from a database is turned into what the HTTP API shows and printed from there, so that both look alike; members of
 * that JSON are a promise, columns are not.
 */
@NullMarked
package dev.countermark.cli.nodes;

import org.jspecify.annotations.NullMarked;
