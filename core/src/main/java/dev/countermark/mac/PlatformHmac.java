package dev.countermark.mac;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC by the platform's {@code Mac}, one instance a computation, for digests that cannot be cloned. */
final class PlatformHmac implements MacFunction {

    private final String name;
    private final SecretKeySpec key;

    PlatformHmac(Digest digest, byte[] key) {
        this.name = "Hmac" + digest.algorithmName().replace("SHA-", "SHA");
        // SecretKeySpec refuses an empty key; HMAC pads with zeros, so one zero byte is the same key.
        this.key = new SecretKeySpec(key.length == 0 ? new byte[1] : key, name);
    }

    @Override
    public byte[] compute(byte[] data, int offset, int length) {
        try {
            var mac = Mac.getInstance(name);
            mac.init(key);
            mac.update(data, offset, length);
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this Java platform cannot compute " + name, e);
        }
    }
}
