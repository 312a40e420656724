/**
 * What commands about API tokens work on: the database and the file of keys here, or a server.
 *
 * <p>{@link dev.countermark.cli.store.Access} is the front door: a command says what to do with either, and this finds which one
 * is meant and turns what fails into a line and an exit code. Options and variables, and which of them precedes which, are a
 * promise, and the service's are the same.
 */
@NullMarked
package dev.countermark.cli.store;

import org.jspecify.annotations.NullMarked;
