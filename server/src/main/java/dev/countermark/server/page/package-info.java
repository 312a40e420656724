/** The admin page: tokens, keys, nodes and the audit, for people with a browser. */
@NullMarked
package dev.countermark.server.page;

import org.jspecify.annotations.NullMarked;
