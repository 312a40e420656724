/**
 * The {@code audit} command: what was changed, and by whom.
 *
 * <p>An entry from a database is turned into what the HTTP API shows and printed from there, so that both look alike; members of
 * that JSON are a promise, columns are not.
 */
@NullMarked
package dev.countermark.cli.audit;

import org.jspecify.annotations.NullMarked;
