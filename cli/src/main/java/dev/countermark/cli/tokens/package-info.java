/**
 * The {@code tokens} commands: issue, verify, list, show, revoke and rotate API tokens, prune, and answer for a restored store.
 *
 * <p>One class a command, entered in {@link dev.countermark.cli.tokens.TokensCommand}. A record from a database and one from a
 * server are shown alike, so what one of the two classes of answers shows the other must too; JSON members are a promise.
 */
@NullMarked
package dev.countermark.cli.tokens;

import org.jspecify.annotations.NullMarked;
