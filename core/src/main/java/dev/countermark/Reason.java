package dev.countermark;

/** Why a token was refused. For logs, metrics and tests; a client should get one answer for all of them. */
public enum Reason {
    /** Longer than the limit; nothing else was looked at. */
    TOO_LONG("the token is longer than the limit"),
    /** Its parts are not those of a token of this format. */
    MALFORMED("the text is not a token of this format"),
    /** No key of the keyring made this signature over these bytes for this purpose. */
    SIGNATURE_MISMATCH("the signature does not match"),
    /** Well signed, in a spelling that the format does not write. */
    NOT_CANONICAL("the token is not spelled as the format writes it"),
    /** Well signed, without the date that the format has. */
    DATE_MISSING("the token carries no date"),
    /** Well signed, with a date that is none, or out of range. */
    DATE_MALFORMED("the token's date cannot be read"),
    /** Well signed, at a time that has not come. */
    FROM_THE_FUTURE("the token was signed in the future"),
    /** Well signed, and too old. */
    EXPIRED("the token has expired"),
    /** Well signed, and taken back. */
    REVOKED("the token has been revoked"),
    /** Well signed, without the expiry that this reader demands. */
    EXPIRY_MISSING("the token carries no expiry"),
    /** Well signed, with an expiry that is no time, or out of range. */
    EXPIRY_MALFORMED("the token's expiry cannot be read"),
    /** Well signed, and to be used only later. */
    NOT_YET_VALID("the token is not valid yet"),
    /** Its header is not one of this format. */
    HEADER_MALFORMED("the token's header cannot be read"),
    /** Its header names another algorithm than the reader's. */
    ALGORITHM_MISMATCH("the token names another algorithm"),
    /** It names a key that the keyring does not have. */
    UNKNOWN_KEY("the token names an unknown key"),
    /** Well signed, for another issuer, audience, type or purpose. */
    CLAIM_MISMATCH("the token was made for another use"),
    /** Well signed, and bound to a state that is no more. */
    STATE_CHANGED("what the token was bound to has changed"),
    /** Well signed, with a payload that inflates or decodes to more than the limit. */
    PAYLOAD_TOO_LARGE("the token's payload is larger than the limit"),
    /** Well signed, with a payload that the codec does not read. */
    PAYLOAD_MALFORMED("the token's payload cannot be read");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    /** The reason in words, without any part of the token. */
    public String sentence() {
        return sentence;
    }

    /** Whether a token is refused so only after its signature has held. */
    boolean isWellSigned() {
        return switch (this) {
            case TOO_LONG, MALFORMED, SIGNATURE_MISMATCH, HEADER_MALFORMED, ALGORITHM_MISMATCH, UNKNOWN_KEY -> false;
            default -> true;
        };
    }
}
