/** Requests and methods with an API token, in the tests of an application. */
@NullMarked
package dev.countermark.spring.test;

import org.jspecify.annotations.NullMarked;
