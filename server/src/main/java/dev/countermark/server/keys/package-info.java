/** Fingerprints and states of the keys, under {@code /v1/keys}. No key is made or shown over HTTP. */
@NullMarked
package dev.countermark.server.keys;

import org.jspecify.annotations.NullMarked;
