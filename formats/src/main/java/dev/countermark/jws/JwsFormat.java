package dev.countermark.jws;

import dev.countermark.Limits;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.TokenParts;
import dev.countermark.WireFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A compact JWS (RFC 7515 section 7.1) over any bytes.
 *
 * @param type the type that a token must have, as {@link JwsHeader#mediaType} writes it; null for any
 */
record JwsFormat(JwsKeys keys, @Nullable String type) implements WireFormat {

    @Override
    public boolean usesClock() {
        return false;
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("a plain JWS has no place for an expiry; choose Jwt");
        }
        return keys.sign(payload);
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        var envelope = keys.open(token);
        if (envelope.refused() != null) {
            return Reading.refused(envelope.refused());
        }
        if (type != null && !type.equals(envelope.type())) {
            return Reading.refused(Reason.CLAIM_MISMATCH);
        }
        if (envelope.payloadLength() > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        var payload = envelope.payload();
        if (payload == null) {
            return Reading.refused(Reason.NOT_CANONICAL);
        }
        return Reading.accepted(
                payload,
                Reading.NO_TIME,
                Reading.NO_TIME,
                keys.key(envelope.signer()),
                envelope.signer() > 0,
                envelope.text(),
                envelope.signedLength());
    }

    @Override
    public @Nullable TokenParts parts(String token, Limits limits) {
        var envelope = token.length() > limits.tokenLength() ? null : keys.unopened(token);
        return envelope == null || envelope.payloadLength() > limits.payloadLength() ? null : new Parts(envelope);
    }

    private record Parts(JwsKeys.Envelope envelope) implements TokenParts {

        @Override
        public byte @Nullable [] payload() {
            return envelope.payload();
        }

        @Override
        public long issuedAt() {
            return Reading.NO_TIME;
        }

        @Override
        public long expiresAt() {
            return Reading.NO_TIME;
        }
    }

    @Override
    public String toString() {
        return "JwsFormat[" + keys + "]";
    }
}
