/** The processes that share the tokens, under {@code /v1/nodes}. */
@NullMarked
package dev.countermark.server.nodes;

import org.jspecify.annotations.NullMarked;
