package dev.countermark.fuzzing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures, base64 and zlib by the JDK alone: what is tested has no part in making what it is tested with, and the
 * fuzzer's bytes reach what lies behind the signature.
 */
final class Wire {

    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Wire() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Any bytes as a text of as many characters. */
    static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] fromLatin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** @param hash SHA-1, SHA-256, SHA-384 or SHA-512 */
    static byte[] digest(String hash, byte[]... parts) {
        try {
            return MessageDigest.getInstance(hash).digest(join(parts));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hmac(String hash, byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance("Hmac" + hash.replace("-", ""));
            mac.init(new SecretKeySpec(key, "RAW"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encode(bytes);
    }

    static byte[] base64(byte[] bytes) {
        return Base64.getEncoder().encode(bytes);
    }

    static byte[] hex(byte[] bytes) {
        return bytes(HexFormat.of().formatHex(bytes));
    }

    static byte[] zlib(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(compressed)) {
            deflater.write(bytes);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        return compressed.toByteArray();
    }

    /** The timestamp of itsdangerous: big-endian without leading zeros, in base64. */
    static byte[] time(long seconds) {
        var bytes = BigInteger.valueOf(seconds).toByteArray();
        return base64Url(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    /** The timestamp of Django. */
    static String base62(long number) {
        var text = new StringBuilder();
        for (long rest = number; rest > 0; rest /= 62) {
            text.insert(0, BASE_62.charAt((int) (rest % 62)));
        }
        return text.toString();
    }

    /** Key of itsdangerous' default derivation, {@code django-concat}. */
    static byte[] pythonKey(byte[] secret, String salt) {
        return digest("SHA-1", bytes(salt), bytes("signer"), secret);
    }

    /** {@code text sep base64(HMAC(key, text))}. */
    static byte[] signed(String hash, byte[] key, byte[] text, String separator) {
        return join(text, bytes(separator), base64Url(hmac(hash, key, text)));
    }

    /** The same with a timestamp between. */
    static byte[] dated(String hash, byte[] key, byte[] text, byte[] time, String separator) {
        return signed(hash, key, join(text, bytes(separator), time), separator);
    }

    /** A compact JWS. */
    static byte[] jws(String hash, byte[] key, byte[] header, byte[] payload) {
        return signed(hash, key, join(base64Url(header), bytes("."), base64Url(payload)), ".");
    }
}
