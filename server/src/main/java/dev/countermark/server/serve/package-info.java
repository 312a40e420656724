/**
 * How the service starts: its options, its data folder, and what it says before the port opens.
 *
 * <p>The only package that knows where tokens are stored. Options, files and exit codes are promises; an option is added in
 * {@code ServeCommand}, and becomes a property there.
 */
@NullMarked
package dev.countermark.server.serve;

import org.jspecify.annotations.NullMarked;
