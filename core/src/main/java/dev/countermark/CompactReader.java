package dev.countermark;

import dev.countermark.encoding.EpochSeconds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the tokens of a {@link CompactFormat} in wire order: size, split, signature, dates, body. */
final class CompactReader {

    private static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);
    private static final byte[] NOTHING = {};

    private final Body body;
    private final CompactLayout layout;
    private final PurposeKeys lasting;
    private final PurposeKeys expiring;

    /**
     * @param lasting verifies a token without a written expiry
     * @param expiring verifies one with
     */
    CompactReader(Body body, CompactLayout layout, PurposeKeys lasting, PurposeKeys expiring) {
        this.body = body;
        this.layout = layout;
        this.lasting = lasting;
        this.expiring = expiring;
    }

    /** As {@link WireFormat#read}. */
    Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var large = LargeText.orNull(token);
        var text = (large == null ? token : large.tail()).getBytes(StandardCharsets.UTF_8);

        int signedLength = layout.signedLength(text);
        if (signedLength < 0) {
            return Reading.refused(Reason.MALFORMED);
        }
        int timeAt = layout.timeAt(text, signedLength);
        int expiryAt = layout.expiryAt(text, timeAt);

        int signer = expiryAt < 0 ? -1 : signer(expiring, text, signedLength, large);
        if (signer < 0 && (expiryAt < 0 || body == Body.TEXT)) {
            signer = signer(lasting, text, signedLength, large);
            expiryAt = -1;
        }
        if (signer < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }

        if (timeAt < 0) {
            return Reading.refused(Reason.DATE_MISSING);
        }
        long issued = layout.time(text, timeAt, signedLength);
        long expires = CompactLayout.expiry(text, expiryAt, timeAt);
        var wrongDate = wrongDate(issued, expires, now, terms);
        if (wrongDate != null) {
            return Reading.refused(wrongDate);
        }

        int end = expiryAt < 0 ? timeAt : expiryAt;
        var reading = large == null
                ? body(token, text, end, issued, expires, signer, signedLength, terms)
                : largeBody(token, large, text, end, issued, expires, signer, signedLength, terms);
        return reading.reason() == null && late(issued, expires, now, terms) ? reading.expired() : reading;
    }

    private static int signer(PurposeKeys keys, byte[] text, int signedLength, @Nullable LargeText large) {
        return large == null
                ? keys.signer(text, signedLength, text, signedLength + 1)
                : keys.signer(large, text.length - signedLength, text, signedLength + 1);
    }

    private static @Nullable Reason wrongDate(long issued, long expires, long now, Terms terms) {
        if (issued == EpochSeconds.INVALID) {
            return Reason.DATE_MALFORMED;
        }
        if (issued != Reading.NO_TIME && issued - skewSeconds(terms) > now) {
            return Reason.FROM_THE_FUTURE;
        }
        boolean noExpiry = expires == EpochSeconds.INVALID || expires != Reading.NO_TIME && expires < issued;
        return noExpiry ? Reason.EXPIRY_MALFORMED : null;
    }

    private static long skewSeconds(Terms terms) {
        return (terms.skew() == null ? DEFAULT_SKEW : terms.skew()).toSeconds();
    }

    private static boolean late(long issued, long expires, long now, Terms terms) {
        return issued != Reading.NO_TIME && terms.outlived(now - issued)
                || expires != Reading.NO_TIME && terms.passed(expires, now);
    }

    /** @param end where the body ends in the text */
    private Reading body(
            String token, byte[] text, int end, long issued, long expires, int signer, int signedLength, Terms terms) {
        int limit = terms.limits().payloadLength();
        if (body != Body.TEXT) {
            var payload = TokenBody.read(body, text, end, limit);
            return payload.refused() != null
                    ? Reading.refused(payload.refused())
                    : Reading.accepted(payload.bytes(), issued, expires, key(signer), signer > 0, text, signedLength);
        }
        if (!StrictUtf8.isFormOf(text, 0, end, token)) {
            return Reading.refused(Reason.NOT_CANONICAL);
        }
        return end > limit
                ? Reading.refused(Reason.PAYLOAD_TOO_LARGE)
                : Reading.acceptedInPlace(end, issued, expires, key(signer), signer > 0, text, signedLength);
    }

    /** @param tail the last characters, in which {@code end} and {@code signedLength} are */
    private Reading largeBody(
            String token,
            LargeText large,
            byte[] tail,
            int end,
            long issued,
            long expires,
            int signer,
            int signedLength,
            Terms terms) {
        if (body != Body.TEXT) {
            var text = token.getBytes(StandardCharsets.UTF_8);
            int before = text.length - tail.length;
            return body(token, text, before + end, issued, expires, signer, before + signedLength, terms);
        }
        if (!large.exact()) {
            return Reading.refused(Reason.NOT_CANONICAL);
        }
        long length = large.bytes() - (signedLength - end);
        if (length > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        var facts = Reading.acceptedInPlace(
                (int) length, issued, expires, key(signer), signer > 0, NOTHING, (int) large.bytes());
        // All behind the body is ASCII, a byte each.
        return new LargeReading(token, large.start(tail.length - end), facts);
    }

    private SigningKey key(int signer) {
        return lasting.key(signer);
    }
}
