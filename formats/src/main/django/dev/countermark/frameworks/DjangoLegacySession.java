package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.mac.Digest;
import dev.countermark.python.LenientBase64;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * {@code base64(hex(HMAC-SHA-1) ":" json)}: session text of Django before 3.1.
 *
 * <p>Source: Django 2.2.28, {@code contrib/sessions/backends/base.py}.
 */
final class DjangoLegacySession implements WireFormat {

    private static final String SALT = "django.contrib.sessionsSessionStore";
    private static final int HEX_LENGTH = 40;

    private final Keyring keys;
    private final KeyedMacs macs;
    private final boolean lenient;

    DjangoLegacySession(Keyring keys, boolean lenient) {
        this.keys = keys;
        this.macs = KeyedMacs.of(keys.keys().stream()
                .map(key -> DjangoSettings.saltedHmac(Digest.SHA1, SALT, "", key))
                .toList());
        this.lenient = lenient;
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("Django writes no expiry into a session's text");
        }
        var hex = LowerHex.encode(macs.sign(payload)).getBytes(StandardCharsets.US_ASCII);
        var bytes = Arrays.copyOf(hex, HEX_LENGTH + 1 + payload.length);
        bytes[HEX_LENGTH] = ':';
        System.arraycopy(payload, 0, bytes, HEX_LENGTH + 1, payload.length);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var bytes = bytesOrNull(token);
        if (bytes == null || bytes.length <= HEX_LENGTH || bytes[HEX_LENGTH] != ':') {
            return Reading.refused(Reason.MALFORMED);
        }
        var payload = Arrays.copyOfRange(bytes, HEX_LENGTH + 1, bytes.length);
        int signer = macs.signer(payload, payload.length, LowerHex.decodeOrNull(bytes, 0, HEX_LENGTH));
        if (signer < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }
        if (payload.length > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        return Reading.accepted(
                payload,
                Reading.NO_TIME,
                Reading.NO_TIME,
                keys.keys().get(signer),
                signer > 0,
                payload,
                payload.length);
    }

    private byte @Nullable [] bytesOrNull(String token) {
        if (!token.chars().allMatch(c -> c < 0x80)) {
            return null;
        }
        var ascii = token.getBytes(StandardCharsets.US_ASCII);
        var bytes = LenientBase64.standardOrNull(ascii, 0, ascii.length);
        boolean canonical =
                bytes != null && Base64.getEncoder().encodeToString(bytes).equals(token);
        return lenient || canonical ? bytes : null;
    }
}
