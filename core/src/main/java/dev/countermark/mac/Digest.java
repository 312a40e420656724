package dev.countermark.mac;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hash functions of FIPS 180-4 and FIPS 202, and MD5 (RFC 1321). SHA-1 and MD5 serve formats that fixed them long ago. */
public enum Digest {
    /** 16 bytes, broken: two inputs with one digest are made in seconds. */
    MD5("MD5", 16, 64),
    /** 20 bytes, broken: two inputs with one digest have been made. */
    SHA1("SHA-1", 20, 64),
    /** 28 bytes. */
    SHA224("SHA-224", 28, 64),
    /** 32 bytes. */
    SHA256("SHA-256", 32, 64),
    /** 48 bytes. */
    SHA384("SHA-384", 48, 128),
    /** 64 bytes. */
    SHA512("SHA-512", 64, 128),
    /** 32 bytes. */
    SHA3_256("SHA3-256", 32, 136);

    private final String jcaName;
    private final int length;
    private final int blockLength;

    Digest(String jcaName, int length, int blockLength) {
        this.jcaName = jcaName;
        this.length = length;
        this.blockLength = blockLength;
    }

    /** Name of the function as its standard writes it, for instance {@code SHA-256}. */
    public String algorithmName() {
        return jcaName;
    }

    /** Length of a hash, in bytes: 16 to 64. */
    public int length() {
        return length;
    }

    int blockLength() {
        return blockLength;
    }

    /**
     * Hashes the parts as if they stood one behind the other.
     *
     * @return a new array of {@link #length()} bytes
     * @throws IllegalStateException if the platform has no such function
     */
    public byte[] of(byte[]... parts) {
        var digest = instance();
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** HMAC with this function. */
    public Hmac hmac() {
        return Hmac.valueOf(name());
    }

    MessageDigest instance() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no " + jcaName + "; add a provider that has it", e);
        }
    }
}
