/**
 * The service: API tokens over HTTP, with an admin page, on one machine or many.
 *
 * <p>Here stands the application alone. A package below is a feature, named as its path is; {@code http}, {@code problems} and
 * {@code scopes} are what features share, and know none of them. A feature is added or thrown away without the others; paths,
 * members of JSON, problem types and options are promises: added to, never renamed.
 */
@NullMarked
package dev.countermark.server;

import org.jspecify.annotations.NullMarked;
