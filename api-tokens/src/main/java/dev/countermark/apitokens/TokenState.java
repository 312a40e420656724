package dev.countermark.apitokens;

/** What has become of a token. */
public enum TokenState {
    /** Accepted; also a rotated token while its overlap lasts. */
    ACTIVE,
    /** Outlived. */
    EXPIRED,
    /** Revoked, by id, by text or with its subject; or rotated, and its overlap has ended. */
    REVOKED
}
