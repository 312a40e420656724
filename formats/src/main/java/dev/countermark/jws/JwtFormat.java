package dev.countermark.jws;

import dev.countermark.Limits;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.TokenParts;
import dev.countermark.WireFormat;
import dev.countermark.encoding.EpochSeconds;
import dev.countermark.json.PythonJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A JSON Web Token (RFC 7519): a compact JWS whose payload is the value's members and the claims of the format. */
final class JwtFormat implements WireFormat {

    private static final String USUAL_TYPE = "JWT";
    private static final String USUAL_MEDIA_TYPE = JwsHeader.mediaType(USUAL_TYPE);
    private static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);
    private static final PythonJson JSON = PythonJson.standard();

    private final JwsKeys keys;
    private final Expectation issuer;
    private final Expectation audience;
    private final Expectation type;
    private final boolean expiring;
    private final byte[] beginning;

    /** @param expiring whether a token without an expiry is refused */
    JwtFormat(JwsKeys keys, Expectation issuer, Expectation audience, Expectation type, boolean expiring) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.type = type;
        this.expiring = expiring;
        this.beginning = beginning(issuer, audience);
    }

    static String writtenType(Expectation type) {
        return type.text() == null ? USUAL_TYPE : type.text();
    }

    private static byte[] beginning(Expectation issuer, Expectation audience) {
        var json = new ByteArrayOutputStream();
        json.write('{');
        writeClaim(json, "\"iss\":", issuer.text());
        writeClaim(json, "\"aud\":", audience.text());
        json.writeBytes(ascii("\"iat\":"));
        return json.toByteArray();
    }

    private static void writeClaim(ByteArrayOutputStream json, String name, @Nullable String text) {
        if (text != null) {
            json.writeBytes(ascii(name));
            json.writeBytes(ascii(JSON.dumps(text)));
            json.write(',');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (expiring && lifetime == null) {
            throw new IllegalArgumentException("these tokens expire; give a lifetime");
        }
        long seconds = lifetime == null ? 0 : lifetime.toSeconds();
        if (now < 0 || now > EpochSeconds.MAX || seconds > EpochSeconds.MAX - now) {
            throw new IllegalArgumentException("the token's dates would lie outside the years 1970 to 9999");
        }
        var value = ClaimScanner.of(payload);
        if (value.holdsClaimsOfTheFormat()) {
            throw new IllegalArgumentException(
                    "the value has a member iss, aud, exp, nbf or iat; those are set on Jwt, and read as Claims");
        }
        var dates = ascii(lifetime == null ? Long.toString(now) : now + ",\"exp\":" + (now + seconds));
        return keys.sign(joined(dates, value.kept()));
    }

    /** The claims of the format, then the members of {@code value}, which is a JSON object. */
    private byte[] joined(byte[] dates, byte[] value) {
        boolean empty = value.length == 2;
        var json = new byte[beginning.length + dates.length + value.length - (empty ? 1 : 0)];
        System.arraycopy(beginning, 0, json, 0, beginning.length);
        System.arraycopy(dates, 0, json, beginning.length, dates.length);
        int at = beginning.length + dates.length;
        if (empty) {
            json[at] = '}';
        } else {
            json[at] = ',';
            System.arraycopy(value, 1, json, at + 1, value.length - 1);
        }
        return json;
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
        if (!isExpectedType(envelope.type())) {
            return Reading.refused(Reason.CLAIM_MISMATCH);
        }
        if (envelope.payloadLength() > terms.limits().payloadLength()) {
            return Reading.refused(Reason.PAYLOAD_TOO_LARGE);
        }
        var json = envelope.payload();
        if (json == null) {
            return Reading.refused(Reason.NOT_CANONICAL);
        }
        ClaimScanner scanner;
        try {
            scanner = ClaimScanner.of(json);
        } catch (RuntimeException | StackOverflowError e) {
            return Reading.refused(Reason.PAYLOAD_MALFORMED);
        }
        return read(envelope, new Claims(json, scanner), scanner.kept(), now, terms);
    }

    private Reading read(JwsKeys.Envelope envelope, Claims claims, byte[] value, long now, Terms terms) {
        long issuedAt = claims.seconds(ClaimScanner.ISSUED_AT);
        long notBefore = claims.seconds(ClaimScanner.NOT_BEFORE);
        long expiresAt = claims.seconds(ClaimScanner.EXPIRY);
        boolean expires = expiresAt != Reading.NO_TIME;
        var refused = wrongDates(issuedAt, notBefore, expiresAt, now, terms);
        if (refused == null) {
            refused = wrongParties(claims);
        }
        if (refused != null) {
            return Reading.refused(refused);
        }
        var reading = Reading.accepted(
                        value,
                        issuedAt,
                        expiresAt,
                        keys.key(envelope.signer()),
                        envelope.signer() > 0,
                        envelope.text(),
                        envelope.signedLength())
                .detail(claims);
        // RFC 7519 section 4.1.4: refused on or after the second of the expiry.
        boolean late = expires && now - terms.leeway().toSeconds() >= expiresAt
                || terms.lifetime() != null && terms.outlived(now - issuedAt);
        return late ? reading.expired() : reading;
    }

    private @Nullable Reason wrongDates(long issuedAt, long notBefore, long expiresAt, long now, Terms terms) {
        if (issuedAt == Claims.MALFORMED || notBefore == Claims.MALFORMED) {
            return Reason.DATE_MALFORMED;
        }
        if (expiresAt == Claims.MALFORMED || expiresAt != Reading.NO_TIME && expiresAt < issuedAt) {
            return Reason.EXPIRY_MALFORMED;
        }
        if (expiring && expiresAt == Reading.NO_TIME) {
            return Reason.EXPIRY_MISSING;
        }
        if (terms.lifetime() != null && issuedAt == Reading.NO_TIME) {
            return Reason.DATE_MISSING;
        }
        var skew = terms.skew() == null ? DEFAULT_SKEW : terms.skew();
        long latest = now + Math.min(skew.toSeconds(), EpochSeconds.MAX);
        if (issuedAt > latest) {
            return Reason.FROM_THE_FUTURE;
        }
        return notBefore > latest ? Reason.NOT_YET_VALID : null;
    }

    private @Nullable Reason wrongParties(Claims claims) {
        if (claims.has(ClaimScanner.ISSUER)) {
            var text = claims.textOrNull(ClaimScanner.ISSUER);
            if (text == null) {
                return Reason.PAYLOAD_MALFORMED;
            }
            if (!issuer.ignored() && !text.equals(issuer.text())) {
                return Reason.CLAIM_MISMATCH;
            }
        } else if (issuer.text() != null) {
            return Reason.CLAIM_MISMATCH;
        }
        if (claims.has(ClaimScanner.AUDIENCE)) {
            var texts = claims.audienceOrNull();
            if (texts == null) {
                return Reason.PAYLOAD_MALFORMED;
            }
            if (!audience.ignored() && (audience.text() == null || !texts.contains(audience.text()))) {
                return Reason.CLAIM_MISMATCH;
            }
        } else if (audience.text() != null) {
            return Reason.CLAIM_MISMATCH;
        }
        return null;
    }

    private boolean isExpectedType(@Nullable String found) {
        if (type.ignored()) {
            return true;
        }
        return type.text() == null
                ? found == null || found.equals(USUAL_MEDIA_TYPE)
                : JwsHeader.mediaType(type.text()).equals(found);
    }

    @Override
    public @Nullable TokenParts parts(String token, Limits limits) {
        var envelope = token.length() > limits.tokenLength() ? null : keys.unopened(token);
        var json = envelope == null || envelope.payloadLength() > limits.payloadLength() ? null : envelope.payload();
        if (json == null) {
            return null;
        }
        try {
            var scanner = ClaimScanner.of(json);
            return new Parts(new Claims(json, scanner), scanner.kept());
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private record Parts(Claims claims, byte[] payload) implements TokenParts {

        @Override
        public long issuedAt() {
            return known(claims.seconds(ClaimScanner.ISSUED_AT));
        }

        @Override
        public long expiresAt() {
            return known(claims.seconds(ClaimScanner.EXPIRY));
        }

        private static long known(long seconds) {
            return seconds == Claims.MALFORMED ? Reading.NO_TIME : seconds;
        }
    }

    @Override
    public String toString() {
        return "JwtFormat[" + keys + "]";
    }
}
