package dev.countermark.jws;

import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import java.time.Duration;
import java.util.Objects;

/**
 * Makes JSON Web Tokens (RFC 7519) signed with HMAC, by the practices of RFC 8725.
 *
 * <pre>{@code
 * record Login(String sub, String role) {}
 *
 * TimedTokens<Login> logins = Jwt.of(keys, JwsAlgorithm.HS256, Json.of(Login.class))
 *         .issuer("accounts")
 *         .audience("shop")
 *         .expiringAfter(Duration.ofHours(1));
 * String token = logins.sign(new Login("ada", "admin"));
 * Login login = logins.verify(token);
 * }</pre>
 *
 * <p>The value is a JSON object; its members stand in the payload beside the claims of the format: {@code iss},
 * {@code aud}, {@code iat}, {@code exp}, {@code nbf}. Those are taken out again before the value is read, and can be
 * asked for as {@link Claims}; {@code sub} and {@code jti} belong to the value. A value that brings a claim of the format
 * is refused when signing.
 *
 * <p>Whom a token is from and for is expected or ignored, by name: without {@link #issuer} a token with an issuer is
 * refused, without {@link #audience} one with an audience, without {@link #type} one of another type than {@code JWT}.
 *
 * <p>A token is refused <em>at</em> the second of its {@code exp} (RFC 7519 section 4.1.4). Dates are whole seconds, 0 to
 * 253402300799; a fraction is refused. {@code iat} and {@code nbf} may lie 30 s in the future, or what {@link
 * TimedTokens#clockSkew} says. What {@link Jws} refuses is refused here.
 *
 * <p>The secret of a key signs as it is: one key, one use. Immutable.
 *
 * @param <T> type of the value
 */
public final class Jwt<T> {

    private final Keyring keys;
    private final JwsAlgorithm algorithm;
    private final Codec<T> codec;
    private final Expectation issuer;
    private final Expectation audience;
    private final Expectation type;

    private Jwt(
            Keyring keys,
            JwsAlgorithm algorithm,
            Codec<T> codec,
            Expectation issuer,
            Expectation audience,
            Expectation type) {
        this.keys = keys;
        this.algorithm = algorithm;
        this.codec = codec;
        this.issuer = issuer;
        this.audience = audience;
        this.type = type;
    }

    /**
     * Starts with keys, algorithm and value; {@link #expiringAfter} ends.
     *
     * @param keys a key with a {@linkplain dev.countermark.SigningKey#named name} writes it as {@code kid}
     * @param codec must write JSON objects; signing what it writes otherwise is an {@link IllegalArgumentException}
     * @throws IllegalArgumentException if a key is shorter than the algorithm's hash (RFC 7518 section 3.2)
     */
    public static <T> Jwt<T> of(Keyring keys, JwsAlgorithm algorithm, Codec<T> codec) {
        algorithm.requireLongEnough(keys);
        Objects.requireNonNull(codec);
        return new Jwt<>(keys, algorithm, codec, Expectation.NONE, Expectation.NONE, Expectation.NONE);
    }

    /**
     * Writes {@code iss}, and demands it.
     *
     * @param issuer compared character by character
     * @throws IllegalArgumentException if it is empty
     */
    public Jwt<T> issuer(String issuer) {
        return new Jwt<>(keys, algorithm, codec, Expectation.of(issuer), audience, type);
    }

    /** Writes no {@code iss}, and reads tokens of any issuer. */
    public Jwt<T> ignoringIssuer() {
        return new Jwt<>(keys, algorithm, codec, Expectation.IGNORED, audience, type);
    }

    /**
     * Writes {@code aud}, and demands that it is among a token's audiences.
     *
     * @param audience compared character by character
     * @throws IllegalArgumentException if it is empty
     */
    public Jwt<T> audience(String audience) {
        return new Jwt<>(keys, algorithm, codec, issuer, Expectation.of(audience), type);
    }

    /** Writes no {@code aud}, and reads tokens for anybody: also those meant for another service. */
    public Jwt<T> ignoringAudience() {
        return new Jwt<>(keys, algorithm, codec, issuer, Expectation.IGNORED, type);
    }

    /**
     * Writes {@code typ}, and demands it, so that tokens of one use cannot pass for another's (RFC 8725 section 3.11).
     *
     * @param type a media type, {@code application/} left out: {@code at+jwt}
     * @throws IllegalArgumentException if it is not one
     */
    public Jwt<T> type(String type) {
        JwsKeys.requireType(type);
        return new Jwt<>(keys, algorithm, codec, issuer, audience, Expectation.of(type));
    }

    /** Writes {@code typ} JWT, and reads tokens of any type. */
    public Jwt<T> ignoringType() {
        return new Jwt<>(keys, algorithm, codec, issuer, audience, Expectation.IGNORED);
    }

    /**
     * Tokens that expire: {@code exp} is written and demanded.
     *
     * @param lifetime from signing to {@code exp}, in whole seconds, the rest left out; signing is refused with less than one,
     *     and where {@code exp} would lie after the year 9999. Reading goes by what is written
     * @throws IllegalArgumentException if it is negative
     */
    public TimedTokens<T> expiringAfter(Duration lifetime) {
        return TimedTokens.of(format(true), codec, lifetime);
    }

    /**
     * Tokens without an expiry, valid until their key is retired. One that carries {@code exp} is held to it.
     *
     * <p>Only for tokens that something else takes back.
     */
    public Tokens<T> neverExpiring() {
        return Tokens.of(format(false), codec);
    }

    private JwtFormat format(boolean expiring) {
        var headers = JwsKeys.of(keys, algorithm, JwtFormat.writtenType(type));
        return new JwtFormat(headers, issuer, audience, type, expiring);
    }
}
