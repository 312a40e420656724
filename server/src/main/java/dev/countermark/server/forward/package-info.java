/**
 * Forward authentication for reverse proxies, under {@code /verify}.
 *
 * <p>A request here stands before every request of somebody else's service: it parses no body, makes no session, and asks the
 * library once. Status, path and names of headers stand in the configuration of proxies, and are never changed.
 */
@NullMarked
package dev.countermark.server.forward;

import org.jspecify.annotations.NullMarked;
