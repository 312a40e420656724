/**
 * A server's HTTP API, asked in place of a database here: its address, who is trusted, the token to ask with, and failures.
 *
 * <p>To speak another path of the API is up to the command that needs it; this sends and reads. That a token goes to no other
 * address than the one given, over TLS unless that was waived, and into no message, must stay; every wait and size is bounded
 * here.
 */
@NullMarked
package dev.countermark.cli.remote;

import org.jspecify.annotations.NullMarked;
