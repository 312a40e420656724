/**
 * Message authentication codes, digests and key derivations: the arithmetic under every signature.
 *
 * <p>Nothing here knows about tokens. All types are immutable and safe for many threads.
 */
@NullMarked
package dev.countermark.mac;

import org.jspecify.annotations.NullMarked;
