/**
 * Message authentication codes, digests and key derivations: the arithmetic under every signature.
 *
 * <p>Nothing here knows about tokens. All types are immutable and safe for many threads. A digest or a derivation may be
 * added for a format that needs it; which of them is chosen is the business of the format, never of this package.
 */
@NullMarked
package dev.countermark.mac;

import org.jspecify.annotations.NullMarked;
