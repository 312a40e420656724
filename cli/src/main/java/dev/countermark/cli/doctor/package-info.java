/**
 * The {@code doctor} command: looks at an installation here or at a running server, and says what to mend.
 *
 * <p>To look at something more: add it to one of the two examinations, as a finding with a remedy. It mends nothing
 * itself. Words for a check and a level, and the exit code, are a promise; sentences are not.
 */
@NullMarked
package dev.countermark.cli.doctor;

import org.jspecify.annotations.NullMarked;
