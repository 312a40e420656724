package dev.countermark.apitokens;

/** Thrown when a change cannot be made to the tokens as they are. Nothing was changed; trying again does not help. */
public final class RefusedChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a change is refused. */
    public enum Why {
        /** The store has no token of that id. */
        NO_SUCH_TOKEN("no token has this id"),
        /** It has expired or was revoked. */
        NOT_ACTIVE("the token has expired or was revoked; issue a new one"),
        /** It has a successor already, made by another call. */
        ALREADY_ROTATED("the token has been rotated already; revoke its successor and issue a new one if that is lost"),
        /** The idempotency key stands for another request of the last 24 hours. */
        IDEMPOTENCY_KEY_REUSED("the idempotency key was used for another request; choose a new one"),
        /** The text of a repeated request cannot be made again: the key that signed it is no longer here. */
        KEY_RETIRED("the key that signed this token is retired; issue another with a new idempotency key"),
        /** A key is not in the state that the change needs. */
        KEY_NOT_READY("the key is not where it has to be; see countermark keys list");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }
    }

    /** Why. */
    private final Why why;

    /** Makes one with the reason's sentence. */
    public RefusedChangeException(Why why) {
        super(why.sentence);
        this.why = why;
    }

    /** Makes one with a sentence of its own. */
    public RefusedChangeException(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** Why. */
    public Why why() {
        return why;
    }
}
