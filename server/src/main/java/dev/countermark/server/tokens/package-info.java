/** API tokens under {@code /v1/tokens}. */
@NullMarked
package dev.countermark.server.tokens;

import org.jspecify.annotations.NullMarked;
