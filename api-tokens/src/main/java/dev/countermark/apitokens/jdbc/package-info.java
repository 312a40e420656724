/** Stores of API tokens in SQLite and PostgreSQL. */
@NullMarked
package dev.countermark.apitokens.jdbc;

import org.jspecify.annotations.NullMarked;
