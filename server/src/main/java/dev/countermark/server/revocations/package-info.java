/** Revocations of tokens by their text, and of all tokens of a subject, under {@code /v1/revocations}. */
@NullMarked
package dev.countermark.server.revocations;

import org.jspecify.annotations.NullMarked;
