package dev.countermark.jws;

import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Tokens;

/**
 * Makes tokens that are a compact JWS (RFC 7515 section 7.1) over any bytes, without claims and without an expiry.
 *
 * <pre>{@code
 * Tokens<Order> orders = Jws.of(keys, JwsAlgorithm.HS256, Json.of(Order.class));
 * }</pre>
 *
 * <p>The secret of a key signs as it is: one key, one use. Where several kinds of tokens share a key, give each a
 * {@linkplain #typed type} (RFC 8725 section 3.11).
 *
 * <p>Refused when reading: another algorithm than the reader's, a header of more than 4,096 bytes or with a repeated
 * member, {@code crit}, {@code b64}, {@code zip}, every member that brings or names a key ({@code jku}, {@code jwk},
 * {@code x5u}, {@code x5c}, {@code x5t}), any base64 but the canonical one, and a header that carries {@code exp}, which
 * this reader would not heed. A {@code kid} selects among the keys that have a {@linkplain
 * dev.countermark.SigningKey#named name}.
 */
public final class Jws {

    private Jws() {}

    /**
     * Tokens with the header {@code {"alg":…}}, and {@code kid} where the signing key has a name; any {@code typ} is read.
     *
     * @throws IllegalArgumentException if a key is shorter than the algorithm's hash (RFC 7518 section 3.2)
     */
    public static <T> Tokens<T> of(Keyring keys, JwsAlgorithm algorithm, Codec<T> codec) {
        return Tokens.of(new JwsFormat(JwsKeys.of(keys, algorithm, null), null), codec);
    }

    /**
     * Tokens of one type, written and demanded as {@code typ}; compared without regard to case.
     *
     * @param type a media type, {@code application/} left out: {@code secevent+jwt}
     * @throws IllegalArgumentException as {@link #of}, or if the type is not one
     */
    public static <T> Tokens<T> typed(Keyring keys, JwsAlgorithm algorithm, String type, Codec<T> codec) {
        return Tokens.of(new JwsFormat(JwsKeys.of(keys, algorithm, type), JwsHeader.mediaType(type)), codec);
    }
}
