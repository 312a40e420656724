/**
 * The {@code keys} commands: list, add, promote and retire the keys of API tokens while nodes run.
 *
 * <p>One class a command, entered in {@link dev.countermark.cli.keys.KeysCommand}. They see keys by fingerprint only; none may
 * print a key, and none but {@code list} has a way over HTTP, where no key travels.
 */
@NullMarked
package dev.countermark.cli.keys;

import org.jspecify.annotations.NullMarked;
