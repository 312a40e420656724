package dev.countermark.apitokens;

/**
 * A listener. Every method does nothing unless it is overridden.
 *
 * <p>{@link #checked} and {@link #reusedAfterRotation} are called on the thread of a check and return quickly. {@link #state}
 * is called on the thread that listens to the store: until it returns, nothing is heard, and after a lease the node answers
 * {@code Unavailable}. {@link #expiring} is called on the thread that reads keys again and writes last uses. The others are
 * called on the thread of the change, after it was committed. What a listener throws is dropped.
 */
public interface TokenEvents {

    /** A listener that does nothing. */
    TokenEvents NONE = new TokenEvents() {};

    /** A token was issued; not called for a repeated request. */
    default void issued(ApiToken token, String actor) {}

    /** A token was revoked, by id or by text; called again when it is revoked again. */
    default void revoked(String id, String actor) {}

    /** All tokens of a subject were revoked. */
    default void subjectRevoked(String subject, String actor) {}

    /** A token got a successor; not called for a repeated request. */
    default void rotated(String id, ApiToken successor, String actor) {}

    /** A token that has no successor expires within seven days: once per token, on one of the nodes that have a listener. */
    default void expiring(ApiToken token) {}

    /** A token was presented after its overlap had ended: somebody kept the old one, or stole it. */
    default void reusedAfterRotation(String id, String subject) {}

    /** A check was answered. */
    default void checked(ApiTokenVerdict verdict) {}

    /** This node's ability to answer has changed. */
    default void state(NodeStatus.State state) {}
}
