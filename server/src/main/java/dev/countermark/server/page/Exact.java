package dev.countermark.server.page;

/**
 * Text for the value of an input, unchanged but for HTML's own characters. The one thing that a template writes without
 * escaping, by {@code {{&name.exact}}}.
 *
 * @param text what goes back to the server
 */
record Exact(String text) {

    /** As HTML. */
    String exact() {
        return Visible.exact(text);
    }
}
