/** The REST API of the Flask tutorials: users with passwords, and tokens in their place. */
@NullMarked
package dev.countermark.examples.restauth;

import org.jspecify.annotations.NullMarked;
