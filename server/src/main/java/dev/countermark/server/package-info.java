/** The service: API tokens over HTTP, with an admin page, on one machine or many. */
@NullMarked
package dev.countermark.server;

import org.jspecify.annotations.NullMarked;
