/** Forward authentication for reverse proxies. */
@NullMarked
package dev.countermark.server.forward;

import org.jspecify.annotations.NullMarked;
