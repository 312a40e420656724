/** Reports of leaked tokens, from anybody. */
@NullMarked
package dev.countermark.server.leaked;

import org.jspecify.annotations.NullMarked;
