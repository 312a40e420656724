package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.encoding.Base64Url;
import dev.countermark.mac.Hmac;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A detached signature as one text: the signature, whose length is fixed, and right behind it the data.
 *
 * <p>Only {@link Keygrip} and {@link ExpressSession} see that text; a signature of another length never gets here.
 *
 * <p>Source: keygrip 1.1.0, {@code index.js}.
 */
final class KeygripFormat implements WireFormat {

    private final Keyring keys;
    private final Hmac hmac;
    private final KeyedMacs macs;

    KeygripFormat(Keyring keys, Hmac hmac) {
        this.keys = keys;
        this.hmac = hmac;
        this.macs = KeyedMacs.of(keys, hmac);
    }

    int signatureLength() {
        return Base64Url.encodedLength(hmac.length());
    }

    KeygripFormat digest(Hmac hmac) {
        return new KeygripFormat(keys, hmac);
    }

    /** Both as one text, or a text that is refused. */
    String join(String signature, String data) {
        Objects.requireNonNull(data);
        return signature.length() == signatureLength() ? signature + data : "";
    }

    /**
     * The signature, which was made of the data.
     *
     * @throws IllegalArgumentException if readers refuse both together for their length
     */
    static String requireShort(String signature, String data, Limits limits) {
        int length = signature.length() + data.length();
        if (length > limits.tokenLength()) {
            throw new IllegalArgumentException("data and signature would have " + length
                    + " characters and readers accept " + limits.tokenLength() + "; see limits(…)");
        }
        return signature;
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("keygrip writes no expiry");
        }
        return Base64Url.encode(macs.sign(payload));
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var signature = token.length() < signatureLength()
                ? null
                : WellFormed.utf8OrNull(token.substring(0, signatureLength()));
        var data = signature == null ? null : WellFormed.utf8OrNull(token.substring(signatureLength()));
        if (signature == null || data == null) {
            return Reading.refused(Reason.MALFORMED);
        }
        int signer = signer(signature, data);
        if (signer < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }
        return data.length > terms.limits().payloadLength()
                ? Reading.refused(Reason.PAYLOAD_TOO_LARGE)
                : Reading.accepted(
                        Arrays.copyOf(data, data.length),
                        Reading.NO_TIME,
                        Reading.NO_TIME,
                        keys.keys().get(signer),
                        signer > 0,
                        data,
                        data.length);
    }

    private int signer(byte[] signature, byte[] data) {
        return macs.signer(data, data.length, Base64Url.decodeOrNull(signature, 0, signature.length));
    }

    /** Place of the key that made the signature; -1 if none did, or {@link #read} refuses both together. */
    int index(String signature, String data, Limits limits) {
        var code = WellFormed.utf8OrNull(signature);
        var bytes = WellFormed.utf8OrNull(data);
        if (code == null
                || bytes == null
                || signature.length() + data.length() > limits.tokenLength()
                || bytes.length > limits.payloadLength()) {
            return -1;
        }
        return signer(code, bytes);
    }

    @Override
    public String toString() {
        return "Keygrip[" + hmac.algorithmName() + ", keys=" + keys.keys() + "]";
    }
}
