/**
 * What holds of the header of every JWS, whoever reads it.
 *
 * <p>Not exported: {@code jws} and the JWS classes of {@code itsdangerous} use it. A member may be added to what is refused;
 * what is refused stays so, and the limit is part of what the public classes promise.
 */
@NullMarked
package dev.countermark.jws.header;

import org.jspecify.annotations.NullMarked;
