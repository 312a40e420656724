package dev.countermark.apitokens;

import java.util.Optional;

/**
 * Where a page of tokens ended: the end of its last token in seconds, and that token's id. For those who add a store.
 *
 * @param endsAt seconds since 1970
 * @param id 32 hexadecimal digits
 */
public record TokenCursor(long endsAt, String id) {

    /** Before every token. */
    public static final TokenCursor START = new TokenCursor(Long.MAX_VALUE, "");

    /** The cursor behind a token. */
    public static TokenCursor behind(ApiToken token) {
        return new TokenCursor(token.endsAt().getEpochSecond(), token.id());
    }

    /**
     * Reads what {@link #text} wrote; {@link #START} of nothing.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static TokenCursor parse(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return START;
        }
        var text = cursor.get();
        int dash = text.indexOf('-', 1);
        if (dash < 0 || !TokenId.isId(text.substring(dash + 1))) {
            throw new IllegalArgumentException("the cursor is none of this list");
        }
        return new TokenCursor(number(text.substring(0, dash)), text.substring(dash + 1));
    }

    /**
     * Reads the number of an audit row; the largest number of nothing.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static long parseNumber(Optional<String> cursor) {
        return cursor.map(TokenCursor::number).orElse(Long.MAX_VALUE);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the cursor is none of this list");
        }
    }

    /** The cursor as text. */
    public String text() {
        return endsAt + "-" + id;
    }
}
