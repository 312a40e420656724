package dev.countermark;

import org.jspecify.annotations.Nullable;

/** What stands in a token, nobody having looked at the signature. For those who write a wire format. */
public interface TokenParts {

    /** Bytes of the value, decoded and inflated at this call and within the limits; null if that fails. */
    byte @Nullable [] payload();

    /** Seconds since 1970, or {@link Reading#NO_TIME}. */
    long issuedAt();

    /** Last valid second since 1970, or {@link Reading#NO_TIME}. */
    long expiresAt();
}
