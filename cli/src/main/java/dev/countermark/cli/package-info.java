/** The {@code countermark} command: make keys, sign, verify and inspect tokens. */
@NullMarked
package dev.countermark.cli;

import org.jspecify.annotations.NullMarked;
