/**
 * Requests with an API token, by way of Spring Security's support for resource servers.
 *
 * <p>{@link dev.countermark.spring.security.ApiTokensConfigurer} is the front door and
 * {@link dev.countermark.spring.security.ApiTokenPrincipal} what an application sees of a token. Why a token is refused is never told to
 * the sender.
 */
@NullMarked
package dev.countermark.spring.security;

import org.jspecify.annotations.NullMarked;
