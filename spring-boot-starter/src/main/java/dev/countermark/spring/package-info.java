/**
 * Countermark in a Spring Boot application: a keyring, and API tokens to issue, list, rotate and revoke.
 *
 * <p>Properties begin with {@code countermark.}; every bean made here gives way to one of the application's own.
 */
@NullMarked
package dev.countermark.spring;

import org.jspecify.annotations.NullMarked;
