/**
 * What holds for every request: security chains, limits and headers.
 *
 * <p>Knows no feature: other packages use the readers of queries and bodies and the order of the chains. A limit or a header may be
 * made stricter here; a path that needs another chain is put into it here too.
 */
@NullMarked
package dev.countermark.server.http;

import org.jspecify.annotations.NullMarked;
