/** Requests with an API token, by way of Spring Security's support for resource servers. */
@NullMarked
package dev.countermark.spring.security;

import org.jspecify.annotations.NullMarked;
