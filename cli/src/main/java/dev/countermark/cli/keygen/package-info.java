/**
 * The {@code keygen} command, and where every new key of the command comes from.
 *
 * <p>{@link dev.countermark.cli.keygen.Keys} is for whatever makes a key. How long a key is, that its bytes are random and that
 * its base64 can stand behind an option are promises.
 */
@NullMarked
package dev.countermark.cli.keygen;

import org.jspecify.annotations.NullMarked;
