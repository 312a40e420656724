package dev.countermark.server.page;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** 128 random bits as 32 hexadecimal digits: CSRF tokens, idempotency keys of forms. */
final class Nonce {

    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonce() {}

    static String random() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static boolean isNonce(String text) {
        return NONCE.matcher(text).matches();
    }
}
