/**
 * Fingerprints and states of the keys, under {@code /v1/keys}. No key is made or shown over HTTP.
 *
 * <p>Members of an answer may be added; one that would hold a key, or a part of it, may not.
 */
@NullMarked
package dev.countermark.server.keys;

import org.jspecify.annotations.NullMarked;
