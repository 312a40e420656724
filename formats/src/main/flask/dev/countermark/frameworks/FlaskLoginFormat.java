package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.mac.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code text "|" hex(HMAC(key, text))}, the digits in lower case. */
final class FlaskLoginFormat implements WireFormat {

    private static final char SEPARATOR = '|';

    private final Keyring keys;
    private final KeyedMacs macs;

    FlaskLoginFormat(Keyring keys, Digest digest) {
        this.keys = keys;
        this.macs = KeyedMacs.of(keys, digest.hmac());
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("Flask-Login writes neither date nor expiry");
        }
        return new String(payload, StandardCharsets.UTF_8) + SEPARATOR + LowerHex.encode(macs.sign(payload));
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        int separatorAt = token.lastIndexOf(SEPARATOR);
        var text = separatorAt < 0 ? null : WellFormed.utf8OrNull(token.substring(0, separatorAt));
        if (text == null) {
            return Reading.refused(Reason.MALFORMED);
        }
        var signature = token.substring(separatorAt + 1).getBytes(StandardCharsets.UTF_8);
        int signer = macs.signer(text, text.length, LowerHex.decodeOrNull(signature, 0, signature.length));
        if (signer < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }
        if (text.length > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        return Reading.accepted(
                text, Reading.NO_TIME, Reading.NO_TIME, keys.keys().get(signer), signer > 0, text, text.length);
    }
}
