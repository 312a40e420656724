/**
 * The {@code countermark} command: make keys, sign, verify and inspect tokens, issue and revoke API tokens.
 *
 * <p>One class a command, one class a format in {@code formats}. Answers go to standard output, everything else to standard
 * error; options, exit codes and JSON members are a promise.
 */
@NullMarked
package dev.countermark.cli;

import org.jspecify.annotations.NullMarked;
