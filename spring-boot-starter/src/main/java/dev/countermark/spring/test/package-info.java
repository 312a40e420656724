/**
 * Requests and methods with an API token, in the tests of an application.
 *
 * <p>{@link dev.countermark.spring.test.ApiTokenRequests} for requests, {@link dev.countermark.spring.test.WithApiToken} for methods.
 * Nothing here is signed or stored, and nothing of it is for production code.
 */
@NullMarked
package dev.countermark.spring.test;

import org.jspecify.annotations.NullMarked;
