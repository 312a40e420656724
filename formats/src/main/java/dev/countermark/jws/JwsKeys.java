package dev.countermark.jws;

import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.SigningKey;
import dev.countermark.encoding.Base64Url;
import dev.countermark.jws.header.HeaderRules;
import dev.countermark.mac.MacFunction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one algorithm, each with the header it writes: makes and opens compact tokens.
 *
 * <p>A header of our own is recognised by its bytes; any other is parsed, after the signature held.
 */
final class JwsKeys {

    private static final byte SEPARATOR = '.';

    private final JwsAlgorithm algorithm;
    private final @Nullable String type;
    private final @Nullable String mediaType;
    private final List<SigningKey> keys;
    private final MacFunction[] macs;
    /** In base64, with the dot behind it. */
    private final byte[][] headers;

    private JwsKeys(JwsAlgorithm algorithm, @Nullable String type, List<SigningKey> keys) {
        this.algorithm = algorithm;
        this.type = type;
        this.mediaType = type == null ? null : JwsHeader.mediaType(type);
        this.keys = keys;
        this.macs = keys.stream()
                .map(key -> algorithm.mac().withKey(key.revealSecret()))
                .toArray(MacFunction[]::new);
        this.headers = keys.stream().map(this::header).toArray(byte[][]::new);
    }

    /**
     * @param type {@code typ} of the tokens written; null for none
     * @throws IllegalArgumentException if a key is too short, or the type is not one
     */
    static JwsKeys of(Keyring keyring, JwsAlgorithm algorithm, @Nullable String type) {
        algorithm.requireLongEnough(keyring);
        if (type != null) {
            requireType(type);
        }
        return new JwsKeys(algorithm, type, keyring.keys());
    }

    static void requireType(String type) {
        if (!isType(type)) {
            throw new IllegalArgumentException("a type is a media type without its application/, for instance at+jwt");
        }
    }

    private static boolean isType(String type) {
        return !type.isEmpty()
                && type.length() <= 127
                && type.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"\\(),:;<=>?@[]{}".indexOf(c) < 0);
    }

    private byte[] header(SigningKey key) {
        // Neither a type nor a key's name holds a character that JSON would escape.
        var json = "{\"alg\":\"" + algorithm + '"'
                + (type == null ? "" : ",\"typ\":\"" + type + '"')
                + (key.isNamed() ? ",\"kid\":\"" + key.id() + '"' : "")
                + '}';
        return (Base64Url.encode(json.getBytes(StandardCharsets.US_ASCII)) + '.').getBytes(StandardCharsets.US_ASCII);
    }

    String sign(byte[] payload) {
        return sign(headers[0], payload);
    }

    /** @param header in base64, with the dot behind it */
    String sign(byte[] header, byte[] payload) {
        int signed = header.length + Base64Url.encodedLength(payload.length);
        var text = Arrays.copyOf(
                header, signed + 1 + Base64Url.encodedLength(algorithm.mac().length()));
        Base64Url.encode(payload, text, header.length);
        text[signed] = SEPARATOR;
        macs[0].compute(text, 0, signed, text, signed + 1);
        Base64Url.encodeInPlace(text, signed + 1, algorithm.mac().length());
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * What a token's envelope says.
     *
     * @param refused null if signature and header hold
     * @param signer index of the key
     * @param type {@code typ} as {@link JwsHeader#mediaType} writes it, or null
     */
    record Envelope(
            @Nullable Reason refused,
            byte[] text,
            int payloadAt,
            int signedLength,
            int signer,
            @Nullable String type) {

        private static final byte[] NO_TEXT = {};

        static Envelope refused(Reason reason) {
            return new Envelope(reason, NO_TEXT, 0, 0, 0, null);
        }

        /** The payload, or null where it is not the strict base64 of any bytes. */
        byte @Nullable [] payload() {
            return Base64Url.decodeOrNull(text, payloadAt, signedLength);
        }

        int payloadLength() {
            return (int) ((signedLength - payloadAt) * 3L / 4);
        }
    }

    private static final Envelope MALFORMED = Envelope.refused(Reason.MALFORMED);
    private static final Envelope MISMATCH = Envelope.refused(Reason.SIGNATURE_MISMATCH);
    private static final Envelope BAD_HEADER = Envelope.refused(Reason.HEADER_MALFORMED);
    private static final Envelope UNKNOWN_KEY = Envelope.refused(Reason.UNKNOWN_KEY);

    Envelope open(String token) {
        // Characters beyond Latin-1 become question marks, which base64 does not have either.
        var text = token.getBytes(StandardCharsets.ISO_8859_1);
        int signedLength =
                text.length - 1 - Base64Url.encodedLength(algorithm.mac().length());
        int headerLength = indexOfSeparator(text);
        if (signedLength <= headerLength || headerLength == 0 || text[signedLength] != SEPARATOR) {
            return MALFORMED;
        }
        if (HeaderRules.isTooLong(headerLength)) {
            return BAD_HEADER;
        }
        int writer = writer(text, headerLength + 1);
        // A header that names its key tells which one is asked; otherwise nothing does.
        int signer = writer >= 0 && keys.get(writer).isNamed()
                ? signs(writer, text, signedLength) ? writer : -1
                : signer(text, signedLength);
        if (signer < 0) {
            return MISMATCH;
        }
        if (writer >= 0) {
            return new Envelope(null, text, headerLength + 1, signedLength, signer, mediaType);
        }
        var header = JwsHeader.read(text, headerLength, algorithm);
        if (header.refused() != null) {
            return Envelope.refused(header.refused());
        }
        if (!isKeyOf(signer, header.keyId())) {
            return UNKNOWN_KEY;
        }
        return new Envelope(null, text, headerLength + 1, signedLength, signer, header.type());
    }

    /** A token with the header of a token of ours, nobody having looked at the signature; null for any other text. */
    @Nullable
    Envelope unopened(String token) {
        var text = token.getBytes(StandardCharsets.ISO_8859_1);
        int headerLength = indexOfSeparator(text);
        int signedLength =
                text.length - 1 - Base64Url.encodedLength(algorithm.mac().length());
        boolean formed = headerLength > 0 && signedLength > headerLength && text[signedLength] == SEPARATOR;
        return formed ? new Envelope(null, text, headerLength + 1, signedLength, 0, null) : null;
    }

    /** Where the first dot stands; the length of a text without one. */
    private static int indexOfSeparator(byte[] text) {
        int i = 0;
        while (i < text.length && text[i] != SEPARATOR) {
            i++;
        }
        return i;
    }

    /** Index of the first key that writes this header, or -1. */
    private int writer(byte[] text, int length) {
        for (int i = 0; i < headers.length; i++) {
            if (Arrays.mismatch(text, 0, length, headers[i], 0, headers[i].length) < 0) {
                return i;
            }
        }
        return -1;
    }

    /** Index of the key that signed, or -1. Tries all of them, so that the time tells nothing. */
    private int signer(byte[] text, int signedLength) {
        int signer = -1;
        for (int i = macs.length - 1; i >= 0; i--) {
            int mask =
                    Base64Url.maskOfText(macs[i].compute(text, 0, signedLength), text, signedLength + 1, text.length);
            signer = signer & ~mask | i & mask;
        }
        return signer;
    }

    private boolean signs(int key, byte[] text, int signedLength) {
        var code = macs[key].compute(text, 0, signedLength);
        return Base64Url.isTextOf(code, text, signedLength + 1, text.length);
    }

    /** Whether a header may name this key so: a name selects among named keys, and says nothing of the others. */
    private boolean isKeyOf(int signer, @Nullable String keyId) {
        if (keyId == null) {
            return true;
        }
        var key = keys.get(signer);
        if (key.isNamed()) {
            return key.id().equals(keyId);
        }
        return keys.stream().noneMatch(other -> other.isNamed() && other.id().equals(keyId));
    }

    SigningKey key(int index) {
        return keys.get(index);
    }

    @Override
    public String toString() {
        return algorithm + (type == null ? "" : ", type=" + type) + ", keys=" + keys;
    }
}
