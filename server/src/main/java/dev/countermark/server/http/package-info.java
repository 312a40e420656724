/** What holds for every request: security chains, limits and headers. */
@NullMarked
package dev.countermark.server.http;

import org.jspecify.annotations.NullMarked;
