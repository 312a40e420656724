package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.mac.MacAlgorithm;
import dev.countermark.mac.MacFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The codes of several keys: the first signs, and any of them may have signed.
 *
 * <p>All are tried whichever fits, and the place of the one that does is found without a branch, so that the time tells
 * nothing. What stands in a token is decoded for the comparison, since that is no secret and the code should be.
 */
final class KeyedMacs {

    private final MacFunction[] macs;

    private KeyedMacs(List<MacFunction> macs) {
        this.macs = macs.toArray(MacFunction[]::new);
    }

    /** @param macs the one that signs first */
    static KeyedMacs of(List<MacFunction> macs) {
        return new KeyedMacs(macs);
    }

    /** Of keys that sign as they are. */
    static KeyedMacs of(Keyring keys, MacAlgorithm algorithm) {
        return new KeyedMacs(keys.keys().stream()
                .map(key -> algorithm.withKey(key.revealSecret()))
                .toList());
    }

    /** The code of the key that signs. */
    byte[] sign(byte[] data) {
        return macs[0].compute(data);
    }

    /**
     * Place of the first key whose code it is, or -1.
     *
     * @param length how many bytes of {@code data} were signed
     * @param code what the token says; null where that is no code at all
     */
    int signer(byte[] data, int length, byte @Nullable [] code) {
        if (code == null) {
            return -1;
        }
        int signer = -1;
        for (int i = macs.length - 1; i >= 0; i--) {
            int mask = maskOfEqual(macs[i].compute(data, 0, length), code);
            signer = signer & ~mask | i & mask;
        }
        return signer;
    }

    /** All bits where both are equal, none where not, in time that depends on the lengths alone. */
    private static int maskOfEqual(byte[] expected, byte[] given) {
        if (expected.length != given.length) {
            return 0;
        }
        int difference = 0;
        for (int i = 0; i < expected.length; i++) {
            difference |= expected[i] ^ given[i];
        }
        return ~((difference | -difference) >> 31);
    }
}
