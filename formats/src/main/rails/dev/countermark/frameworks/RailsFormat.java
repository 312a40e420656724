package dev.countermark.frameworks;

import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.SigningKey;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code base64 of the body "--" digest in lower-case hexadecimal}, as {@code ActiveSupport::MessageVerifier} writes it.
 *
 * <p>Cut by the digest's length from the end, as since 7.0; leniently in 6.x between the first two pairs of dashes. The
 * digest has one spelling. Source: activesupport 6.1.7, 7.0.10 and 8.0.5.1, {@code message_verifier.rb}.
 */
final class RailsFormat implements WireFormat {

    private static final String SEPARATOR = "--";
    private static final String ERROR = "ActiveSupport::MessageVerifier::InvalidSignature";

    private final RailsSettings settings;
    private final KeyedMacs macs;

    RailsFormat(RailsSettings settings) {
        this(settings, KeyedMacs.of(settings.keys(), settings.digest()));
    }

    private RailsFormat(RailsSettings settings, KeyedMacs macs) {
        this.settings = settings;
        this.macs = macs;
    }

    /** The same, writing an expiry. */
    RailsFormat expiringAt(Instant expiresAt) {
        return new RailsFormat(settings.expiresAt(expiresAt), macs);
    }

    /**
     * The same, writing an expiry so long from now.
     *
     * @throws IllegalArgumentException if Java has no such time; what Rails has none for is refused in writing
     */
    RailsFormat expiringAfter(Duration lifetime) {
        try {
            return expiringAt(now().plus(lifetime));
        } catch (DateTimeException | ArithmeticException e) {
            throw RailsEnvelope.outOfRange();
        }
    }

    private Instant now() {
        return settings.clock().instant();
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("give the expiry to write, in milliseconds as Rails has it");
        }
        var body = StrictBase64.encode(RailsEnvelope.wrap(payload, settings), settings.urlSafe());
        return body + SEPARATOR + LowerHex.encode(macs.sign(body.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var text = WellFormed.utf8OrNull(token);
        int digestLength = 2 * settings.digest().length();
        int bodyEnd = text == null ? -1 : bodyEnd(token, text.length, digestLength);
        if (text == null || bodyEnd <= 0) {
            return refused(Reason.MALFORMED, "mismatched digest");
        }
        int digestAt = bodyEnd + SEPARATOR.length();
        int signer = macs.signer(text, bodyEnd, LowerHex.decodeOrNull(text, digestAt, digestAt + digestLength));
        if (signer < 0) {
            return refused(Reason.SIGNATURE_MISMATCH, "mismatched digest");
        }
        var body = StrictBase64.decodeOrNull(
                text, 0, bodyEnd, settings.urlSafe(), settings.release().readsBothAlphabets());
        if (body == null) {
            return refused(Reason.PAYLOAD_MALFORMED, "invalid base64");
        }
        if (body.length > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        try {
            var envelope = RailsEnvelope.of(body, settings);
            return metadata(envelope, settings.keys().keys().get(signer), signer > 0, text, bodyEnd);
        } catch (RailsEnvelope.Malformed e) {
            // Rails reads it when we are stricter, or ends in an error of Ruby.
            return Reading.refused(Reason.PAYLOAD_MALFORMED);
        }
    }

    /** Number of bytes before the separator; none, or -1, where there is no message. */
    private int bodyEnd(String token, int length, int digestLength) {
        if (settings.lenient() && settings.release().splitsAtDashes()) {
            int end = token.indexOf(SEPARATOR);
            int next = token.indexOf(SEPARATOR, end + SEPARATOR.length());
            int digestEnd = next < 0 ? token.length() : next;
            return digestEnd - end - SEPARATOR.length() == digestLength && isAscii(token, digestEnd) ? end : -1;
        }
        int end = length - digestLength - SEPARATOR.length();
        return isAscii(token, token.length()) && token.startsWith(SEPARATOR, end) ? end : -1;
    }

    private static boolean isAscii(String token, int end) {
        for (int i = 0; i < end; i++) {
            if (token.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private Reading metadata(RailsEnvelope envelope, SigningKey key, boolean oldKey, byte[] text, int bodyEnd) {
        var expiresAt = envelope.expiresAt();
        if (expiresAt == null && envelope.expiry() != null) {
            return Reading.refused(Reason.EXPIRY_MALFORMED);
        }
        boolean expired = expiresAt != null && !now().isBefore(expiresAt);
        if (!envelope.purpose().equals(settings.purpose() == null ? "" : settings.purpose())) {
            return refused(
                    Reason.CLAIM_MISMATCH,
                    expired ? "expired" : envelope.wrapped() ? "mismatched purpose" : "missing metadata");
        }
        var value = envelope.value();
        if (value == null) {
            return refused(Reason.PAYLOAD_MALFORMED, "invalid base64");
        }
        if (isFalsy(value)) {
            return refused(Reason.PAYLOAD_MALFORMED, ERROR);
        }
        if (settings.serializer() == RailsSerializer.MARSHAL
                && !settings.lenient()
                && !MarshalEnvelope.isMarshal(value)) {
            return Reading.refused(Reason.PAYLOAD_MALFORMED);
        }
        var reading = Reading.accepted(value, Reading.NO_TIME, lastSecond(expiresAt), key, oldKey, text, bodyEnd);
        return expired ? reading.expired().detail(error("expired")) : reading;
    }

    /** Before 7.1, Rails takes a value that is nil or false for none. */
    private boolean isFalsy(byte[] value) {
        if (settings.release().isTelling() || settings.falsy()) {
            return false;
        }
        var text = new String(value, StandardCharsets.ISO_8859_1);
        return settings.serializer().isJson()
                ? text.strip().equals("null") || text.strip().equals("false")
                : settings.serializer() == RailsSerializer.MARSHAL && (text.equals("\4\b0") || text.equals("\4\bF"));
    }

    /** The expiry itself is too late already. */
    private static long lastSecond(@Nullable Instant expiresAt) {
        return expiresAt == null ? Reading.NO_TIME : expiresAt.minusNanos(1).getEpochSecond();
    }

    /** @param message in the words of Rails since 7.1 */
    private Reading refused(Reason reason, String message) {
        return Reading.refused(reason, error(message));
    }

    private FrameworkError error(String message) {
        return new FrameworkError(ERROR, settings.release().isTelling() ? message : ERROR);
    }
}
