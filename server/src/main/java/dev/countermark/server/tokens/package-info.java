/**
 * API tokens under {@code /v1/tokens}.
 *
 * <p>{@code TokenView} is what a token looks like in every answer: members may be added, never renamed, and
 * none holds the token's text but the one answer that issues it.
 */
@NullMarked
package dev.countermark.server.tokens;

import org.jspecify.annotations.NullMarked;
