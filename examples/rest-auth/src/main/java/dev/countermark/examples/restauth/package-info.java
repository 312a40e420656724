/**
 * The REST API of the Flask tutorials: users with passwords, and tokens in their place.
 *
 * <p>An application to copy from: it uses what is public, and no more of Spring than that takes. Its run is a test.
 */
@NullMarked
package dev.countermark.examples.restauth;

import org.jspecify.annotations.NullMarked;
