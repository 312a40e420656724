package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.SigningKey;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.mac.Digest;
import dev.countermark.mac.MacFunction;
import dev.countermark.python.LenientBase64;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code base64(hex(HMAC-SHA-1) ":" json)}: session text of Django before 3.1.
 *
 * <p>Source: Django 2.2.28, {@code contrib/sessions/backends/base.py}.
 */
final class DjangoLegacySession implements WireFormat {

    private static final String SALT = "django.contrib.sessionsSessionStore";
    private static final int HEX_LENGTH = 40;

    private record Verifier(MacFunction mac, SigningKey key) {}

    private final List<Verifier> verifiers;
    private final boolean lenient;

    DjangoLegacySession(Keyring keys, boolean lenient) {
        this.verifiers = keys.keys().stream()
                .map(key -> new Verifier(DjangoSettings.saltedHmac(Digest.SHA1, SALT, "", key), key))
                .toList();
        this.lenient = lenient;
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("Django writes no expiry into a session's text");
        }
        var bytes = Arrays.copyOf(hex(verifiers.get(0), payload), HEX_LENGTH + 1 + payload.length);
        bytes[HEX_LENGTH] = ':';
        System.arraycopy(payload, 0, bytes, HEX_LENGTH + 1, payload.length);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] hex(Verifier verifier, byte[] payload) {
        return HexFormat.of().formatHex(verifier.mac().compute(payload)).getBytes(StandardCharsets.US_ASCII);
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
        var given = Arrays.copyOf(bytes, HEX_LENGTH);
        var payload = Arrays.copyOfRange(bytes, HEX_LENGTH + 1, bytes.length);
        int signer = -1;
        for (int i = verifiers.size() - 1; i >= 0; i--) {
            if (MessageDigest.isEqual(hex(verifiers.get(i), payload), given)) {
                signer = i;
            }
        }
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
                verifiers.get(signer).key(),
                signer > 0,
                payload,
                payload.length);
    }

    private byte @Nullable [] bytesOrNull(String token) {
        var ascii = token.getBytes(StandardCharsets.UTF_8);
        var bytes = LenientBase64.standardOrNull(ascii, 0, ascii.length);
        boolean canonical =
                bytes != null && Base64.getEncoder().encodeToString(bytes).equals(token);
        return lenient && ascii.length == token.length() || canonical ? bytes : null;
    }
}
