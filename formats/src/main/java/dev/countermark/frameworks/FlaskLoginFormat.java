package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.SigningKey;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.mac.Digest;
import dev.countermark.mac.MacFunction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code text "|" hex(HMAC(key, text))}, the digits in lower case, compared as text. */
final class FlaskLoginFormat implements WireFormat {

    private static final char SEPARATOR = '|';

    private record Verifier(MacFunction mac, SigningKey key) {

        byte[] hex(byte[] text) {
            return HexFormat.of().formatHex(mac.compute(text)).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final List<Verifier> verifiers;

    FlaskLoginFormat(Keyring keys, Digest digest) {
        this.verifiers = keys.keys().stream()
                .map(key -> new Verifier(digest.hmac().withKey(key.revealSecret()), key))
                .toList();
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("Flask-Login writes neither date nor expiry");
        }
        return new String(payload, StandardCharsets.UTF_8)
                + SEPARATOR
                + new String(verifiers.get(0).hex(payload), StandardCharsets.US_ASCII);
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
        int signer = -1;
        for (int i = verifiers.size() - 1; i >= 0; i--) {
            if (MessageDigest.isEqual(verifiers.get(i).hex(text), signature)) {
                signer = i;
            }
        }
        if (signer < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }
        if (text.length > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        return Reading.accepted(
                text, Reading.NO_TIME, Reading.NO_TIME, verifiers.get(signer).key(), signer > 0, text, text.length);
    }
}
