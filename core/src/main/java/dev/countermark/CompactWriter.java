package dev.countermark;

import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.EpochSeconds;
import dev.countermark.mac.MacFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the tokens of a {@link CompactFormat} in the order in which they stand: body, dates, signature. */
final class CompactWriter {

    private final Body body;
    private final CompactLayout layout;
    private final MacFunction lasting;
    private final MacFunction expiring;

    /**
     * @param lasting signs a token without a written expiry
     * @param expiring signs one with
     */
    CompactWriter(Body body, CompactLayout layout, MacFunction lasting, MacFunction expiring) {
        this.body = body;
        this.layout = layout;
        this.lasting = lasting;
        this.expiring = expiring;
    }

    /** As {@link WireFormat#write}. */
    String write(byte[] payload, long now, @Nullable Duration lifetime) {
        var value = TokenBody.write(body, payload);
        long expiry = expiry(now, lifetime);
        var text = new byte[value.length + layout.tailLength(expiry, now)];
        System.arraycopy(value, 0, text, 0, value.length);
        int signature = layout.writeDates(expiry, now, text, value.length);
        key(expiry).compute(text, 0, signature - 1, text, signature);
        Base64Url.encodeInPlace(text, signature, layout.codeLength());
        return new String(text, body == Body.TEXT ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    /**
     * As {@link #write}, for a long text that is its own body and is never copied as bytes.
     *
     * @param limit most bytes of the text
     * @return null where {@link #write} has to say what is wrong with it, and in another {@link Body}
     */
    @Nullable
    String writeLarge(String value, long now, @Nullable Duration lifetime, int limit) {
        if (body != Body.TEXT || value.length() > limit) {
            return null;
        }
        long expiry = expiry(now, lifetime);
        var tail = new byte[layout.tailLength(expiry, now)];
        int signature = layout.writeDates(expiry, now, tail, 0);
        var code = key(expiry).compute(value, value.length(), Arrays.copyOf(tail, signature - 1));
        if (!code.exact() || code.bytes() > limit) {
            return null;
        }
        Base64Url.encode(code.code(), tail, signature);
        return value.concat(new String(tail, StandardCharsets.ISO_8859_1));
    }

    private MacFunction key(long expiry) {
        return expiry == CompactLayout.NO_EXPIRY ? lasting : expiring;
    }

    private static long expiry(long now, @Nullable Duration lifetime) {
        if (lifetime == null) {
            return CompactLayout.NO_EXPIRY;
        }
        if (lifetime.toSeconds() > EpochSeconds.MAX) {
            throw new IllegalArgumentException("a written lifetime ends before the year 10000");
        }
        long expiry = now + lifetime.toSeconds();
        // Like what is below it, this cannot be written: it is no absence of an expiry.
        return expiry == CompactLayout.NO_EXPIRY ? -1 : expiry;
    }
}
