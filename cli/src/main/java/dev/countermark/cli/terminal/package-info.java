/**
 * How a command hears and answers: variables, standard input and output, lines, durations, pages, JSON or text, exit codes.
 *
 * <p>Every command is written against this and none reads {@code System.in} or prints for itself, so that a test can run it.
 * The numbers of {@link dev.countermark.cli.terminal.ExitCode} and the texts that
 * {@link dev.countermark.cli.terminal.DurationConverter} reads are a promise; more may be added.
 */
@NullMarked
package dev.countermark.cli.terminal;

import org.jspecify.annotations.NullMarked;
