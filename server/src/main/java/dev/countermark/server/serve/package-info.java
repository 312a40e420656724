/** How the service starts: its options, its data folder, and what it says before the port opens. */
@NullMarked
package dev.countermark.server.serve;

import org.jspecify.annotations.NullMarked;
