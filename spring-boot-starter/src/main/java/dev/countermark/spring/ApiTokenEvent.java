package dev.countermark.spring;

import dev.countermark.apitokens.ApiToken;

/**
 * An event that the application hears with {@code @EventListener}, after the change was committed; on the thread that
 * made the change, {@link ExpiringSoon} on one of the node's, {@link ReusedAfterRotation} on that of the request.
 *
 * <p>None holds a token's text.
 */
public sealed interface ApiTokenEvent {

    /**
     * A token was issued.
     *
     * @param token its record
     * @param actor who issued it
     */
    record Issued(ApiToken token, String actor) implements ApiTokenEvent {}

    /**
     * A token was revoked.
     *
     * @param id its id
     * @param actor who revoked it
     */
    record Revoked(String id, String actor) implements ApiTokenEvent {}

    /**
     * All tokens of a subject were revoked.
     *
     * @param subject whose
     * @param actor who revoked them
     */
    record SubjectRevoked(String subject, String actor) implements ApiTokenEvent {}

    /**
     * A token got a successor.
     *
     * @param id id of the one before
     * @param successor record of the one after
     * @param actor who rotated it
     */
    record Rotated(String id, ApiToken successor, String actor) implements ApiTokenEvent {}

    /**
     * A token without a successor expires within seven days. Told once per token, on one node.
     *
     * @param token its record
     */
    record ExpiringSoon(ApiToken token) implements ApiTokenEvent {}

    /**
     * A token was presented after it had been replaced and its overlap had ended: somebody kept the old one, or stole it.
     *
     * @param id its id
     * @param subject whom it spoke for
     */
    record ReusedAfterRotation(String id, String subject) implements ApiTokenEvent {}
}
