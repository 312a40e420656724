/**
 * What was changed, when and by whom, under {@code /v1/audit}.
 *
 * <p>Reads alone: the library writes an entry together with each change. Members of an entry may be added, never renamed.
 */
@NullMarked
package dev.countermark.server.audit;

import org.jspecify.annotations.NullMarked;
