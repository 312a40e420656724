/** Countermark in a Spring Boot application: a keyring, and API tokens to issue, list, rotate and revoke. */
@NullMarked
package dev.countermark.spring;

import org.jspecify.annotations.NullMarked;
