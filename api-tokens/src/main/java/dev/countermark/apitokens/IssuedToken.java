package dev.countermark.apitokens;

/**
 * A token that was just issued: its text, to be shown once, and its record.
 *
 * @param text what the owner presents; kept nowhere
 * @param token what the store keeps
 */
public record IssuedToken(String text, ApiToken token) {

    /** The record; never the text. */
    @Override
    public String toString() {
        return "IssuedToken[" + token + "]";
    }
}
