/**
 * The description of the API (OpenAPI 3.1), under {@code /openapi.json}.
 *
 * <p>The description is a resource, written by hand; a test compares it with what the service answers. Change both together.
 */
@NullMarked
package dev.countermark.server.openapi;

import org.jspecify.annotations.NullMarked;
