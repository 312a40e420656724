package dev.countermark.mac;

/**
 * HMAC (RFC 2104) with the functions of {@link Digest}.
 *
 * <p>HMAC with SHA-1 and MD5 is not known to be broken, but nothing here chooses them: they serve formats that fixed
 * them long ago.
 */
public enum Hmac implements MacAlgorithm {
    /** 16 bytes, for formats of long ago. */
    MD5(Digest.MD5),
    /** 20 bytes, for formats of long ago. */
    SHA1(Digest.SHA1),
    /** 28 bytes. */
    SHA224(Digest.SHA224),
    /** 32 bytes. */
    SHA256(Digest.SHA256),
    /** 48 bytes. */
    SHA384(Digest.SHA384),
    /** 64 bytes. */
    SHA512(Digest.SHA512),
    /** 32 bytes. */
    SHA3_256(Digest.SHA3_256);

    private final Digest digest;

    Hmac(Digest digest) {
        this.digest = digest;
    }

    /** The hash function inside. */
    public Digest digest() {
        return digest;
    }

    @Override
    public String algorithmName() {
        return "HMAC-" + digest.algorithmName();
    }

    @Override
    public int length() {
        return digest.length();
    }

    @Override
    public MacFunction withKey(byte[] key) {
        return withKey(digest, key);
    }

    /** Pre-keyed digests where the platform's can be cloned, else the platform's own {@code Mac}. */
    private static MacFunction withKey(Digest digest, byte[] key) {
        try {
            return PreKeyedHmac.of(digest, key);
        } catch (CloneNotSupportedException e) {
            return new PlatformHmac(digest, key);
        }
    }
}
