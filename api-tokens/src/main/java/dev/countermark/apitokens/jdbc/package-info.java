/**
 * Stores of API tokens in SQLite and PostgreSQL.
 *
 * <p>Every statement stands here. The tables are changed by adding a script, never by editing one.
 */
@NullMarked
package dev.countermark.apitokens.jdbc;

import org.jspecify.annotations.NullMarked;
