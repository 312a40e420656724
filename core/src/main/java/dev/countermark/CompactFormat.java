package dev.countermark;

import dev.countermark.encoding.EpochSeconds;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of our own: {@code body [~ expiry] [. time] . signature}. Which keys, which layout; {@link CompactWriter}
 * writes it, {@link CompactReader} reads it.
 *
 * <p>Expiry and time are {@link EpochSeconds}; the signature is the URL-safe base64 of the {@link Scheme}'s code over
 * everything before the last separator. A dated token without an expiry is exactly what Python's
 * {@code TimestampSigner(key, salt=purpose, digest_method=sha256, key_derivation="hmac")} writes (itsdangerous 2.2.0,
 * {@code timed.py}).
 *
 * <p>A body in base64 cannot hold a separator or a tilde, so its three layouts share a key. A body of raw text can
 * look like any layout, so each has a key of its own, of the purpose and a suffix that no purpose has.
 */
final class CompactFormat implements WireFormat {

    private static final String PLAIN_TEXT_SUFFIX = "\0plain";
    private static final String EXPIRING_TEXT_SUFFIX = "\0expiring";
    private static final String BOUND_SUFFIX = "\0bound";
    private static final String STATE_SUFFIX = "\0state";

    private final Keyring keyring;
    private final String purpose;
    private final Scheme scheme;
    private final Body body;
    private final CompactLayout layout;
    private final CompactWriter writer;
    private final CompactReader reader;

    private CompactFormat(Keyring keyring, String purpose, Scheme scheme, Body body, CompactLayout layout) {
        this.keyring = keyring;
        this.purpose = purpose;
        this.scheme = scheme;
        this.body = body;
        this.layout = layout;
        boolean text = body == Body.TEXT;
        var lasting = derive(text && !layout.dated() ? PLAIN_TEXT_SUFFIX : "");
        var expiring = text ? derive(EXPIRING_TEXT_SUFFIX) : lasting;
        this.writer = new CompactWriter(body, layout, lasting.primary(), expiring.primary());
        this.reader = new CompactReader(body, layout, lasting, expiring);
    }

    private PurposeKeys derive(String suffix) {
        return PurposeKeys.derive(keyring, scheme, purpose + suffix);
    }

    static CompactFormat of(Keyring keyring, String purpose, Body body) {
        PurposeKeys.require(keyring, purpose);
        return new CompactFormat(keyring, purpose, Scheme.HMAC_SHA256, body, CompactLayout.of(Scheme.HMAC_SHA256));
    }

    CompactFormat scheme(Scheme scheme) {
        return new CompactFormat(keyring, purpose, scheme, body, layout.under(scheme));
    }

    CompactFormat separator(char separator) {
        return new CompactFormat(keyring, purpose, scheme, body, layout.separatedBy(separator));
    }

    /** The same format under keys of its own, for payloads that carry the tag of a {@link StateBinding}. */
    CompactFormat bound() {
        return purpose.endsWith(BOUND_SUFFIX)
                ? this
                : new CompactFormat(keyring, purpose + BOUND_SUFFIX, scheme, body, layout);
    }

    /** What computes the tags of a {@link StateBinding}. */
    PurposeKeys stateKeys() {
        return derive(STATE_SUFFIX);
    }

    @Override
    public CompactFormat dated() {
        return layout.dated() ? this : new CompactFormat(keyring, purpose, scheme, body, layout.withTime());
    }

    @Override
    public CompactFormat body(Body body) {
        return body == this.body ? this : new CompactFormat(keyring, purpose, scheme, body, layout);
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        return writer.write(payload, now, lifetime);
    }

    /** As {@link CompactWriter#writeLarge}. */
    @Nullable
    String writeLarge(String value, long now, @Nullable Duration lifetime, int limit) {
        return writer.writeLarge(value, now, lifetime, limit);
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        return reader.read(token, now, terms);
    }

    @Override
    public @Nullable TokenParts parts(String token, Limits limits) {
        return CompactParts.orNull(token, body, layout, limits);
    }

    @Override
    public String toString() {
        return "CompactFormat[purpose=" + purpose.replace('\0', '+') + ", body=" + body + ", dated=" + layout.dated()
                + ", keys=" + List.copyOf(keyring.keys()) + "]";
    }
}
