package dev.countermark.frameworks;

import dev.countermark.mac.Hmac;

/**
 * A release of Rails, as far as it changes what is signed. A later patch release of the same line counts as that line.
 *
 * <p>Source: activesupport 6.0.3.7 to 8.1.3.1, {@code message_verifier.rb}, {@code messages/metadata.rb}.
 */
public enum RailsRelease {
    /** 6.0: keys are derived with SHA-1. */
    V6_0(Hmac.SHA1, false, false),
    /** 6.1: keys are derived with SHA-1; signed ids. */
    V6_1(Hmac.SHA1, false, false),
    /** 7.0: keys are derived with SHA-256. */
    V7_0(Hmac.SHA256, false, false),
    /** 7.1: a second envelope, and null and false are values. */
    V7_1(Hmac.SHA256, true, false),
    /** 7.2.0 to 7.2.2: signed ids are URL-safe; from 7.2.3 on as {@link #V8_0}. */
    V7_2(Hmac.SHA256, true, false),
    /** From 8.0.2 on: both alphabets of base64 are read; before as {@link #V7_2}. */
    V8_0(Hmac.SHA256, true, true),
    /** 8.1, the newest here: as 8.0. */
    V8_1(Hmac.SHA256, true, true);

    static final RailsRelease LATEST = V8_1;

    private final Hmac keyDigest;
    private final boolean telling;
    private final boolean bothAlphabets;

    RailsRelease(Hmac keyDigest, boolean telling, boolean bothAlphabets) {
        this.keyDigest = keyDigest;
        this.telling = telling;
        this.bothAlphabets = bothAlphabets;
    }

    /** What {@code config.active_support.key_generator_hash_digest_class} is under {@code load_defaults} of this release. */
    public Hmac keyDigest() {
        return keyDigest;
    }

    /** Since 7.1: knows the new envelope, says why it refuses, and takes null and false for values. */
    boolean isTelling() {
        return telling;
    }

    /** Whether it reads both alphabets of base64, whichever it writes. */
    boolean readsBothAlphabets() {
        return bothAlphabets;
    }

    /** Whether it takes what stands between the first two {@code --} for the digest, and ignores what follows. */
    boolean splitsAtDashes() {
        return this == V6_0 || this == V6_1;
    }
}
