/** What was changed, when and by whom, under {@code /v1/audit}. */
@NullMarked
package dev.countermark.server.audit;

import org.jspecify.annotations.NullMarked;
