package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * {@code value "." base64 of HMAC-SHA-256, without padding}, split at the last dot and in its one spelling.
 *
 * <p>Source: cookie-signature 1.0.6 and 1.2.2, {@code index.js}.
 */
final class ExpressFormat implements WireFormat {

    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
    private static final byte SEPARATOR = '.';

    private final Keyring keys;
    private final KeyedMacs macs;

    ExpressFormat(Keyring keys) {
        this.keys = keys;
        this.macs = KeyedMacs.of(keys, Hmac.SHA256);
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("Express writes no expiry into a cookie; set Max-Age");
        }
        return new String(payload, StandardCharsets.UTF_8) + "." + BASE64.encodeToString(macs.sign(payload));
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var text = WellFormed.utf8OrNull(token);
        int signatureAt = text == null ? -1 : lastDot(text);
        if (text == null || signatureAt < 0) {
            return Reading.refused(Reason.MALFORMED);
        }
        int signer = macs.signer(text, signatureAt, StrictBase64.unpaddedOrNull(text, signatureAt + 1, text.length));
        if (signer < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }
        if (signatureAt > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        return Reading.accepted(
                Arrays.copyOf(text, signatureAt),
                Reading.NO_TIME,
                Reading.NO_TIME,
                keys.keys().get(signer),
                signer > 0,
                text,
                signatureAt);
    }

    private static int lastDot(byte[] text) {
        int i = text.length - 1;
        while (i >= 0 && text[i] != SEPARATOR) {
            i--;
        }
        return i;
    }

    @Override
    public String toString() {
        return "Express[keys=" + keys.keys() + "]";
    }
}
