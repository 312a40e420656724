/** The description of the API (OpenAPI 3.1), under {@code /openapi.json}. */
@NullMarked
package dev.countermark.server.openapi;

import org.jspecify.annotations.NullMarked;
