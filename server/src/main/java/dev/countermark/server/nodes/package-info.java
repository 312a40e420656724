/**
 * The processes that share the tokens, under {@code /v1/nodes}.
 *
 * <p>Reads alone: a node tells of itself through the store. Members of an answer may be added, never renamed.
 */
@NullMarked
package dev.countermark.server.nodes;

import org.jspecify.annotations.NullMarked;
