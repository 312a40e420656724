/**
 * The admin page: tokens, keys, nodes and the audit, for people with a browser.
 *
 * <p>A class {@code …Page} answers the requests of one page; everything is package-private, and nothing outside knows of it. Words and
 * looks may be changed freely. Scripts and styles come from files of our own, never from a page, and no token's text is put into an
 * address or the log.
 */
@NullMarked
package dev.countermark.server.page;

import org.jspecify.annotations.NullMarked;
