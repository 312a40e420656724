package dev.countermark.apitokens;

/** What the operator says of a database that was restored, or failed over, to an older state. */
public enum RestoreAnswer {
    /**
     * Refuse every token issued until now: revocations were lost and nobody knows which. Those who held a good token
     * need a new one. Lists show the old ones as revoked; none of them is rotated.
     */
    REFUSE_ISSUED_BEFORE,
    /** Go on: no revocation was lost, or those that were have been made again. */
    ACCEPT
}
