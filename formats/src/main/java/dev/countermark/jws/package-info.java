/**
 * Compact JSON Web Signatures (RFC 7515) with HMAC, and JSON Web Tokens (RFC 7519) in them.
 *
 * <p>{@link dev.countermark.jws.Jwt} makes tokens with the standard claims in the payload, which every JWT library reads;
 * {@link dev.countermark.jws.Jws} signs any bytes. The algorithm comes from the reader's configuration, never from the
 * token; there is no {@code none}, and no header member makes the reader fetch, unpack or trust anything. Algorithms
 * with public keys are left to others.
 *
 * <p>What stands in a token is fixed by the RFCs, and which headers are refused by us: neither is edited. A claim or an
 * algorithm is added beside the others.
 */
@NullMarked
package dev.countermark.jws;

import org.jspecify.annotations.NullMarked;
