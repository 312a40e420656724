package dev.countermark.cli.formats;

import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.EpochSeconds;
import dev.countermark.encoding.Zlib;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A text with the shape {@code body.signature} or {@code body.time.signature}, taken apart without a key.
 *
 * <p>That is the shape of our own tokens and of all of itsdangerous' but the JWS ones. Anybody can have made it up.
 *
 * @param body everything before the time and the signature
 * @param time the text of the date of signing; null where there is none
 * @param signatureLength in bytes, once decoded
 */
public record DottedToken(String body, @Nullable String time, int signatureLength) {

    /** Second zero of itsdangerous before 1.0: 2011-01-01T00:00:00Z. */
    public static final long EPOCH_2011 = 1_293_840_000;

    private static final int LONGEST_TIME = 7;
    private static final int INFLATED_LIMIT = 64 * 1024;

    /** Takes a text apart at its last separators; empty if it does not end in a signature of 16 to 64 bytes. */
    public static Optional<DottedToken> of(String token, char separator) {
        int signatureAt = token.lastIndexOf(separator);
        var signature = signatureAt < 0 ? null : Base64Url.decodeOrNull(token.substring(signatureAt + 1));
        if (signature == null || algorithm(signature.length).isEmpty()) {
            return Optional.empty();
        }
        int timeAt = token.lastIndexOf(separator, signatureAt - 1);
        var time = timeAt < 0 ? null : token.substring(timeAt + 1, signatureAt);
        return time == null || seconds(time).isEmpty()
                ? Optional.of(new DottedToken(token.substring(0, signatureAt), null, signature.length))
                : Optional.of(new DottedToken(token.substring(0, timeAt), time, signature.length));
    }

    private static Optional<String> algorithm(int length) {
        return switch (length) {
            case 16 -> Optional.of("MD5");
            case 20 -> Optional.of("SHA-1");
            case 28 -> Optional.of("SHA-224");
            case 32 -> Optional.of("SHA-256");
            case 48 -> Optional.of("SHA-384");
            case 64 -> Optional.of("SHA-512");
            default -> Optional.empty();
        };
    }

    /** Whether a date stands in it. */
    public boolean isDated() {
        return time != null;
    }

    /** Its parts: the body as it can be read best, the date, and the signature. */
    public List<Sighting.Part> parts() {
        return parts("body", bodyText(body));
    }

    /** Its parts, with a name and a text for the body that fit the format better. */
    List<Sighting.Part> parts(String bodyName, String text) {
        var parts = new ArrayList<Sighting.Part>();
        parts.add(new Sighting.Part(bodyName, text));
        parts.addAll(dateParts());
        parts.add(signaturePart());
        return parts;
    }

    /**
     * The date under the epoch that can be meant; nothing where there is none.
     *
     * <p>The number does not say its epoch, but counted from the other one it is a date before itsdangerous was written, or
     * one after 2051.
     */
    public List<Sighting.Part> dateParts() {
        return time == null
                ? List.of()
                : seconds(time).stream().mapToObj(DottedToken::datePart).toList();
    }

    private static Sighting.Part datePart(long seconds) {
        var from1970 = Instant.ofEpochSecond(seconds);
        var from2011 = Instant.ofEpochSecond(seconds + EPOCH_2011);
        return new Sighting.Part(
                "date",
                seconds < EPOCH_2011
                        ? from2011 + ", counted from 2011 as itsdangerous did before 1.0; from 1970 it would be in "
                                + year(from1970)
                        : from1970 + ", counted from 1970; from 2011, as itsdangerous did before 1.0, it would be in "
                                + year(from2011));
    }

    private static int year(Instant date) {
        return date.atOffset(ZoneOffset.UTC).getYear();
    }

    /** The signature with the algorithm that its length suggests. */
    public Sighting.Part signaturePart() {
        return new Sighting.Part(
                "signature",
                signatureLength + " bytes, as HMAC-"
                        + algorithm(signatureLength).orElse("?") + " makes them");
    }

    /** A body as it can be read best: inflated, decoded from base64, or as it stands there. */
    public static String bodyText(String body) {
        if (body.startsWith(".")) {
            var stream = Base64Url.decodeOrNull(body.substring(1));
            var inflated = stream == null
                    ? null
                    : Zlib.inflate(stream, 0, stream.length, INFLATED_LIMIT).bytes();
            var text = inflated == null ? null : utf8OrNull(inflated);
            return text == null ? body : text + " (compressed)";
        }
        var decoded = Base64Url.decodeOrNull(body);
        var text = decoded == null ? null : utf8OrNull(decoded);
        return text == null ? body : text;
    }

    private static @Nullable String utf8OrNull(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The seconds that {@code text} stands for, big-endian in base64; empty if it is no such text or too large. */
    public static OptionalLong seconds(String text) {
        var bytes = text.length() > LONGEST_TIME ? null : Base64Url.decodeOrNull(text);
        if (bytes == null) {
            return OptionalLong.empty();
        }
        long seconds = 0;
        for (var b : bytes) {
            seconds = seconds << 8 | b & 0xff;
        }
        return seconds <= EpochSeconds.MAX ? OptionalLong.of(seconds) : OptionalLong.empty();
    }
}
