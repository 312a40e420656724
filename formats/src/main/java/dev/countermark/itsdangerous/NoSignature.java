package dev.countermark.itsdangerous;

import dev.countermark.mac.MacAlgorithm;
import dev.countermark.mac.MacFunction;

/**
 * The algorithm that signs nothing: whoever writes a token, it verifies. Never where anything depends on it.
 *
 * <p>Source: itsdangerous 2.2.0, {@code signer.py}, {@code NoneAlgorithm}.
 */
public enum NoSignature implements MacAlgorithm {
    /** The only one. */
    INSTANCE;

    private static final byte[] EMPTY = {};

    @Override
    public String algorithmName() {
        return "none";
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public MacFunction withKey(byte[] key) {
        return (data, offset, length) -> EMPTY;
    }
}
