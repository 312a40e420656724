/** The log: what happened to which token, by its id. */
@NullMarked
package dev.countermark.server.log;

import org.jspecify.annotations.NullMarked;
