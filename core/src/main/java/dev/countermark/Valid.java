package dev.countermark;

import dev.countermark.encoding.Base64Url;
import dev.countermark.mac.Digest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A token that is ours, unchanged and in time.
 *
 * @param <T> type of the value
 */
public final class Valid<T> implements Verdict<T> {

    private final T value;
    private final Reading reading;
    private final boolean reissue;

    Valid(T value, Reading reading, boolean reissue) {
        this.value = value;
        this.reading = reading;
        this.reissue = reissue;
    }

    /** The value that was signed. */
    public T value() {
        return value;
    }

    /** When it was signed, to the second; empty where the format has no date. */
    public Optional<Instant> signedAt() {
        return Reading.instant(reading.issuedAt());
    }

    /**
     * The expiry that is written into the token, if one is: in our own format the last second of its validity, in a JWT
     * the first one after it (RFC 7519 section 4.1.4).
     */
    public Optional<Instant> expiresAt() {
        return Reading.instant(reading.expiresAt());
    }

    /** Whether it was signed with a key, or in a format, that is accepted but no longer written: issue a new one. */
    public boolean reissue() {
        return reissue;
    }

    /** {@linkplain SigningKey#id Id} of the key that made the signature. */
    public String keyId() {
        return reading.key().id();
    }

    /**
     * A stable name of this token: 43 characters of URL-safe base64, the SHA-256 of its signed bytes.
     *
     * <p>Denylists and caches key on this, never on the token's text, which in lenient formats has many spellings.
     */
    public String tokenId() {
        return Base64Url.encode(Digest.SHA256.of(Arrays.copyOf(reading.text(), reading.signedLength())));
    }

    @Override
    public Optional<Detail> detail() {
        return Optional.ofNullable(reading.detail()).flatMap(Detail::resolved);
    }

    @Override
    public T orThrow() {
        return value;
    }

    Valid<T> asReissue() {
        return new Valid<>(value, reading, true);
    }

    @Override
    public String toString() {
        return "Valid[signedAt=" + signedAt() + ", key=" + reading.key() + "]";
    }
}
