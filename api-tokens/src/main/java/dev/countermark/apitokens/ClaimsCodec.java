package dev.countermark.apitokens;

import dev.countermark.Body;
import dev.countermark.Codec;
import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.EpochSeconds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Claims as the text {@code <prefix>_<base64url(JSON)>}, where the JSON is
 * {@code {"id":"…","sub":"…","scope":"…","exp":1790000000,"gen":0}}.
 *
 * <p>There is one text for one set of claims, and only that is read: members in this order, no white space, a quote and
 * a backslash escaped with a backslash and nothing else escaped, whole numbers without sign and leading zeros. Any JSON
 * parser reads it; a general one here would only accept more.
 */
final class ClaimsCodec implements Codec<Claims> {

    private static final byte[] ID = ascii("{\"id\":\"");
    private static final byte[] SUBJECT = ascii("\",\"sub\":\"");
    private static final byte[] SCOPE = ascii("\",\"scope\":\"");
    private static final byte[] EXPIRY = ascii("\",\"exp\":");
    private static final byte[] GENERATION = ascii(",\"gen\":");
    private static final byte[] END = ascii("}");

    private final byte[] prefix;

    ClaimsCodec(String prefix) {
        this.prefix = ascii(prefix + "_");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Body body() {
        return Body.TEXT;
    }

    @Override
    public byte[] encode(Claims claims) {
        var json = new ByteArrayOutputStream(256);
        json.writeBytes(ID);
        json.writeBytes(ascii(claims.id()));
        json.writeBytes(SUBJECT);
        writeText(claims.subject(), json);
        json.writeBytes(SCOPE);
        writeText(claims.scope(), json);
        json.writeBytes(EXPIRY);
        json.writeBytes(ascii(Long.toString(claims.expiresAt())));
        json.writeBytes(GENERATION);
        json.writeBytes(ascii(Long.toString(claims.generation())));
        json.writeBytes(END);
        var payload = json.toByteArray();
        var text = new byte[prefix.length + Base64Url.encodedLength(payload.length)];
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        Base64Url.encode(payload, text, prefix.length);
        return text;
    }

    private static void writeText(String text, ByteArrayOutputStream json) {
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                json.write('\\');
            }
            json.write(b);
        }
    }

    @Override
    public Claims decode(byte[] text) {
        for (int i = 0; i < prefix.length; i++) {
            if (i >= text.length || text[i] != prefix[i]) {
                throw malformed();
            }
        }
        var json = Base64Url.decodeOrNull(text, prefix.length, text.length);
        if (json == null) {
            throw malformed();
        }
        return new Reader(json).claims();
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("these are not the claims of an API token");
    }

    /** Reads one set of claims from front to end. */
    private static final class Reader {

        private final byte[] json;
        private int at;
        private long idHigh;
        private long idLow;

        Reader(byte[] json) {
            this.json = json;
        }

        Claims claims() {
            expect(ID);
            var id = id();
            expect(SUBJECT);
            var subject = text();
            expect(SCOPE);
            var scope = text();
            expect(EXPIRY);
            long expiresAt = number(EpochSeconds.MAX);
            expect(GENERATION);
            long generation = number(Long.MAX_VALUE);
            expect(END);
            if (at != json.length || subject.isEmpty()) {
                throw malformed();
            }
            return new Claims(id, idHigh, idLow, subject, scope, expiresAt, generation);
        }

        private void expect(byte[] wanted) {
            if (json.length - at < wanted.length) {
                throw malformed();
            }
            for (int i = 0; i < wanted.length; i++) {
                if (json[at + i] != wanted[i]) {
                    throw malformed();
                }
            }
            at += wanted.length;
        }

        private String id() {
            int from = at;
            at += TokenId.LENGTH;
            if (!TokenId.isId(json, from)) {
                throw malformed();
            }
            idHigh = TokenId.half(json, from);
            idLow = TokenId.half(json, from + TokenId.LENGTH / 2);
            return new String(json, from, TokenId.LENGTH, StandardCharsets.ISO_8859_1);
        }

        /** The text up to the quote that ends it, which is not consumed. */
        private String text() {
            int from = at;
            boolean plain = true;
            while (at < json.length && json[at] != '"') {
                byte b = json[at];
                if (b >= 0 && b < 0x20 || b == 0x7f) {
                    throw malformed();
                }
                if (b == '\\') {
                    at++;
                }
                plain &= b >= 0 && b != '\\';
                at++;
            }
            if (at >= json.length) {
                throw malformed();
            }
            return plain ? new String(json, from, at - from, StandardCharsets.ISO_8859_1) : decoded(from, at);
        }

        private String decoded(int from, int to) {
            var bytes = ByteBuffer.allocate(to - from);
            for (int i = from; i < to; i++) {
                if (json[i] == '\\') {
                    i++;
                    if (json[i] != '"' && json[i] != '\\') {
                        throw malformed();
                    }
                }
                bytes.put(json[i]);
            }
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            } catch (CharacterCodingException e) {
                throw malformed();
            }
        }

        private long number(long most) {
            int from = at;
            long value = 0;
            while (at < json.length && json[at] >= '0' && json[at] <= '9') {
                int digit = json[at] - '0';
                if (value > (most - digit) / 10) {
                    throw malformed();
                }
                value = value * 10 + digit;
                at++;
            }
            if (at == from || at > from + 1 && json[from] == '0') {
                throw malformed();
            }
            return value;
        }
    }
}
