package dev.countermark.apitokens;

/**
 * Thrown when the answer to a commit was lost, so that the change was made or not. Repeat it. A revocation with this
 * outcome is refused on the node that took it, whatever became of it.
 */
public final class OutcomeUnknownException extends TokenStoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with its cause. */
    public OutcomeUnknownException(Throwable cause) {
        super("the store did not answer the commit: the change was made or not; repeat it", cause);
    }
}
