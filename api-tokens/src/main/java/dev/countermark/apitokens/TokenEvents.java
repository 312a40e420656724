package dev.countermark.apitokens;

/**
 * A listener. Every method does nothing unless it is overridden.
 *
 * <p>{@link #checked}, {@link #reusedAfterRotation} are called on the thread of a check and return quickly; the others
 * after their change was committed, {@link #expiring} on a thread of the node. What a listener throws is dropped.
 */
public interface TokenEvents {

    /** A listener that does nothing. */
    TokenEvents NONE = new TokenEvents() {};

    /** A token was issued; not called for a repeated request. */
    default void issued(ApiToken token, String actor) {}

    /** A token was revoked, by id or by text. */
    default void revoked(String id, String actor) {}

    /** All tokens of a subject were revoked. */
    default void subjectRevoked(String subject, String actor) {}

    /** A token got a successor; not called for a repeated request. */
    default void rotated(String id, ApiToken successor, String actor) {}

    /** A token that has no successor expires within seven days: once per token, on one node. */
    default void expiring(ApiToken token) {}

    /** A token was presented after its overlap had ended: somebody kept the old one, or stole it. */
    default void reusedAfterRotation(String id, String subject) {}

    /** A check was answered. */
    default void checked(ApiTokenVerdict verdict) {}

    /** This node's ability to answer has changed. */
    default void state(NodeStatus.State state) {}
}
