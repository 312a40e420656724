package dev.countermark.itsdangerous;

import dev.countermark.SigningKey;
import dev.countermark.encoding.Base64Url;
import dev.countermark.mac.MacFunction;
import dev.countermark.python.LenientBase64;
import java.util.Arrays;
import java.util.List;

/**
 * One of Python's signers with its keys: where the signature stands, and who made it.
 *
 * <p>Source: itsdangerous 2.2.0, {@code signer.py}, {@code Signer}.
 *
 * @param keys newest first
 * @param macs of the derived keys, in the same order
 * @param signatureLength of the base64 text
 */
record SignatureCheck(Separator separator, List<SigningKey> keys, MacFunction[] macs, int signatureLength) {

    static SignatureCheck of(PythonSettings settings, Kind kind) {
        var salt = settings.saltFor(kind);
        var algorithm = settings.algorithm();
        var keys = settings.keys().newestFirst();
        var macs = keys.stream()
                .map(key ->
                        algorithm.withKey(settings.keyDerivation().derive(settings.digest(), key.revealSecret(), salt)))
                .toArray(MacFunction[]::new);
        return new SignatureCheck(settings.separator(), keys, macs, Base64Url.encodedLength(algorithm.length()));
    }

    /** Number of bytes before the last separator, or -1. */
    int signedLength(byte[] text) {
        return separator.lastIn(text, text.length);
    }

    /** Index of the key that signed, its text being the one that is written; or -1. Tries all keys. */
    int signer(byte[] text, int signedLength) {
        int from = signedLength + separator.length();
        if (text.length - from != signatureLength) {
            return -1;
        }
        int signer = -1;
        for (int i = macs.length - 1; i >= 0; i--) {
            int mask = Base64Url.maskOfText(macs[i].compute(text, 0, signedLength), text, from, text.length);
            signer = signer & ~mask | i & mask;
        }
        return signer;
    }

    /** As {@link #signer}, of a text that Python's base64 makes the same bytes of. */
    int lenientSigner(byte[] text, int signedLength) {
        var signature = LenientBase64.urlSafeOrNull(text, signedLength + separator.length(), text.length);
        if (signature == null) {
            return -1;
        }
        var canonical = new byte[Base64Url.encodedLength(signature.length)];
        Base64Url.encode(signature, canonical, 0);
        int signer = -1;
        for (int i = macs.length - 1; i >= 0; i--) {
            int mask = Base64Url.maskOfText(macs[i].compute(text, 0, signedLength), canonical, 0, canonical.length);
            signer = signer & ~mask | i & mask;
        }
        return signer;
    }

    /** The text with the separator and the newest key's signature behind it. */
    byte[] signed(byte[] text) {
        if (macs.length == 0) {
            throw new IllegalArgumentException("there is no key to sign with");
        }
        var code = macs[0].compute(text);
        var signed = Arrays.copyOf(text, text.length + separator.length() + signatureLength);
        System.arraycopy(separator.bytes(), 0, signed, text.length, separator.length());
        Base64Url.encode(code, signed, text.length + separator.length());
        return signed;
    }

    @Override
    public String toString() {
        return "SignatureCheck" + keys;
    }
}
