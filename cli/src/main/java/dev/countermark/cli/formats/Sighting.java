package dev.countermark.cli.formats;

import java.util.List;

/**
 * What a token looks like to somebody without its key: anybody can have made it up.
 *
 * @param formats names, as {@code --format} takes them, that {@code verify} could try with a key; likeliest first
 * @param summary what it looks like, in a few words
 * @param parts of the token, in the order in which they stand in it
 */
public record Sighting(List<String> formats, String summary, List<Part> parts) {

    /**
     * One part of a token.
     *
     * @param name one or two words: {@code value}, {@code signature}
     * @param text what stands there, decoded where that can be done; shown with control characters escaped
     */
    public record Part(String name, String text) {}
}
