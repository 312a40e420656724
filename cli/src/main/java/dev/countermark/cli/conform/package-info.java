/**
 * The {@code conform} command: answers requests that are lines of test vectors without their outcome, so that anybody can
 * compare the library with the programs it is compatible with.
 *
 * <p>To add formats: write a class that implements {@link dev.countermark.cli.conform.FormatFamily}, and put it into the
 * list of {@link dev.countermark.cli.conform.FormatFamilies}. It calls the library and turns what that says into the
 * vectors' notation; it never works anything out by itself.
 */
@NullMarked
package dev.countermark.cli.conform;

import org.jspecify.annotations.NullMarked;
