/** Tests of the admin page, over HTTP and in a real browser. */
@NullMarked
package dev.countermark.server.page;

import org.jspecify.annotations.NullMarked;
