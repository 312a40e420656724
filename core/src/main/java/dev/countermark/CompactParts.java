package dev.countermark;

import dev.countermark.encoding.EpochSeconds;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a token of a {@link CompactFormat} says, nobody having looked at its signature. */
record CompactParts(Body body, byte[] text, int bodyEnd, long issued, long expires, Limits limits)
        implements TokenParts {

    /** Null for a text that has not the form of such a token. */
    static @Nullable CompactParts orNull(String token, Body body, CompactLayout layout, Limits limits) {
        if (token.length() > limits.tokenLength()) {
            return null;
        }
        var text = token.getBytes(StandardCharsets.UTF_8);
        int signedLength = layout.signedLength(text);
        int timeAt = layout.timeAt(text, signedLength);
        if (signedLength < 0 || timeAt < 0) {
            return null;
        }
        int expiryAt = layout.expiryAt(text, timeAt);
        return new CompactParts(
                body,
                text,
                expiryAt < 0 ? timeAt : expiryAt,
                layout.time(text, timeAt, signedLength),
                CompactLayout.expiry(text, expiryAt, timeAt),
                limits);
    }

    @Override
    public byte @Nullable [] payload() {
        return TokenBody.read(body, text, bodyEnd, limits.payloadLength()).bytesOrNull();
    }

    @Override
    public long issuedAt() {
        return issued == EpochSeconds.INVALID ? Reading.NO_TIME : issued;
    }

    @Override
    public long expiresAt() {
        return expires == EpochSeconds.INVALID ? Reading.NO_TIME : expires;
    }
}
