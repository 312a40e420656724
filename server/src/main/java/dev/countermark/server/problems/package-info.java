/** Errors as problem details (RFC 9457): one constant answer each for 401, 403 and 503. */
@NullMarked
package dev.countermark.server.problems;

import org.jspecify.annotations.NullMarked;
