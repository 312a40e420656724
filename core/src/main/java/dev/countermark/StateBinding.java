package dev.countermark;

import dev.countermark.encoding.Base64Url;
import dev.countermark.mac.MacFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ties a token to a state outside it: behind the value stands a tag over value and state, so that the token counts only
 * while the state is what it was.
 *
 * <p>{@code tag = "." b64u(first 16 bytes of HMAC(key, length of the value in 4 bytes || value || state))}. It has a key
 * of its own, so that nobody finds the state by trying, and covers the value, so that equal states do not show.
 *
 * @param <T> type of the value
 */
final class StateBinding<T> {

    private static final int CODE_LENGTH = 16;
    private static final int TAG_LENGTH = 1 + Base64Url.encodedLength(CODE_LENGTH);

    private final Function<? super T, ? extends @Nullable String> state;
    private final PurposeKeys keys;

    private StateBinding(Function<? super T, ? extends @Nullable String> state, PurposeKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    static <T> StateBinding<T> of(Function<? super T, ? extends @Nullable String> state, CompactFormat format) {
        return new StateBinding<>(Objects.requireNonNull(state, "state"), format.stateKeys());
    }

    /** The same binding with the keys of another scheme. */
    StateBinding<T> under(CompactFormat format) {
        return of(state, format);
    }

    /**
     * The payload with its tag.
     *
     * @throws IllegalArgumentException if the value has no state, or one with a lone surrogate
     */
    byte[] bind(T value, byte[] payload) {
        var current = state.apply(value);
        if (current == null) {
            throw new IllegalArgumentException("this value has no state to bind a token to");
        }
        var bound = Arrays.copyOf(payload, payload.length + TAG_LENGTH);
        writeTag(keys.primary(), payload, payload.length, Codec.text().encode(current), bound);
        return bound;
    }

    /** Number of bytes of the value before the tag, or -1 where there is no room for one. */
    static int valueLength(int payloadLength) {
        return payloadLength < TAG_LENGTH ? -1 : payloadLength - TAG_LENGTH;
    }

    /** Whether the state is still the one that {@code payload} was bound to by {@code signer}. */
    boolean holds(T value, byte[] payload, SigningKey signer) {
        var current = state.apply(value);
        var bytes = current == null ? null : utf8OrNull(current);
        if (bytes == null) {
            return false;
        }
        int length = valueLength(payload.length);
        var expected = payload.clone();
        boolean holds = false;
        // Tries all of them, so that the time does not tell which key signed.
        for (int i = 0; i < keys.count(); i++) {
            writeTag(keys.function(i), payload, length, bytes, expected);
            boolean equal = MessageDigest.isEqual(expected, payload);
            boolean signed = keys.key(i).equals(signer);
            holds |= signed && equal;
        }
        return holds;
    }

    /** Null for a state that no token can have been bound to. */
    private static byte @Nullable [] utf8OrNull(String state) {
        var bytes = state.getBytes(StandardCharsets.UTF_8);
        return StrictUtf8.isFormOf(bytes, 0, bytes.length, state) ? bytes : null;
    }

    private static void writeTag(MacFunction function, byte[] payload, int length, byte[] state, byte[] target) {
        var input = ByteBuffer.allocate(Integer.BYTES + length + state.length)
                .putInt(length)
                .put(payload, 0, length)
                .put(state)
                .array();
        var code = Arrays.copyOf(function.compute(input), CODE_LENGTH);
        target[length] = '.';
        Base64Url.encode(code, target, length + 1);
    }

    /** What stands in a token before its tag, nobody having looked at either. */
    static TokenParts withoutTag(TokenParts parts) {
        return new TokenParts() {
            @Override
            public byte @Nullable [] payload() {
                var payload = parts.payload();
                int length = payload == null ? -1 : valueLength(payload.length);
                return length < 0 ? null : Arrays.copyOf(Objects.requireNonNull(payload), length);
            }

            @Override
            public long issuedAt() {
                return parts.issuedAt();
            }

            @Override
            public long expiresAt() {
                return parts.expiresAt();
            }
        };
    }
}
