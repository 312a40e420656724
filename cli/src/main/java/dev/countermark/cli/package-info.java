/**
 * The {@code countermark} command: make keys, sign, verify and inspect tokens, issue and revoke API tokens.
 *
 * <p>Here is the list of commands, and what becomes of a mistake; each command, or family of commands, has a package of its
 * name, and {@code sign} has {@code verify} and {@code inspect} beside it. What commands share is in {@code terminal},
 * {@code files}, {@code store}, {@code remote} and {@code formats}, which know none of them. To add a command: a package, and
 * a line in {@link dev.countermark.cli.Countermark}. Answers go to standard output, everything else to standard error;
 * options, exit codes and JSON members are a promise.
 */
@NullMarked
package dev.countermark.cli;

import org.jspecify.annotations.NullMarked;
