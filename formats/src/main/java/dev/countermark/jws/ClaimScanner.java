package dev.countermark.jws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the registered claims (RFC 7519 section 4.1) among the members of a JSON object, and tells those that belong to
 * the format from those that belong to the value.
 *
 * <p>It looks at names and at where a value ends. What a kept value is, the value's codec decides; what a claim is,
 * {@link Claims} decides. A name written with escapes is the same name.
 */
final class ClaimScanner {

    static final int ISSUER = 0;
    static final int AUDIENCE = 1;
    static final int EXPIRY = 2;
    static final int NOT_BEFORE = 3;
    static final int ISSUED_AT = 4;
    static final int SUBJECT = 5;
    static final int TOKEN_ID = 6;

    private static final int CLAIMS = 7;
    private static final int FIRST_OF_THE_VALUE = SUBJECT;
    private static final int OTHER = -1;

    private final byte[] json;
    private int at;
    /** Start and end of each claim's value; an end of 0 for a claim that is not there. */
    private final int[] spans = new int[2 * CLAIMS];

    private final byte[] kept;
    private int keptLength;
    private boolean escaped;

    private ClaimScanner(byte[] json) {
        this.json = json;
        this.kept = new byte[json.length];
    }

    /** @throws IllegalArgumentException if this is not an object, or a claim is repeated */
    static ClaimScanner of(byte[] json) {
        var scanner = new ClaimScanner(json);
        try {
            scanner.scan();
        } catch (ArrayIndexOutOfBoundsException e) {
            throw malformed();
        }
        return scanner;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "the value is not a JSON object, for instance {\"sub\":\"ada\"}, or has a claim twice");
    }

    private void scan() {
        skipWhiteSpace();
        expect('{');
        kept[keptLength++] = '{';
        skipWhiteSpace();
        if (json[at] == '}') {
            at++;
        } else {
            do {
                member();
            } while (continues());
        }
        skipWhiteSpaceToEnd();
        kept[keptLength++] = '}';
    }

    private boolean continues() {
        skipWhiteSpace();
        if (json[at] == ',') {
            at++;
            skipWhiteSpace();
            return true;
        }
        expect('}');
        return false;
    }

    private void member() {
        int nameAt = at;
        string();
        int claim = claim(nameAt + 1, at - 1);
        skipWhiteSpace();
        expect(':');
        skipWhiteSpace();
        int valueAt = at;
        value();
        if (claim != OTHER) {
            if (spans[2 * claim + 1] != 0) {
                throw malformed();
            }
            spans[2 * claim] = valueAt;
            spans[2 * claim + 1] = at;
        }
        if (claim == OTHER || claim >= FIRST_OF_THE_VALUE) {
            keep(nameAt);
        }
    }

    private void keep(int nameAt) {
        if (keptLength > 1) {
            kept[keptLength++] = ',';
        }
        System.arraycopy(json, nameAt, kept, keptLength, at - nameAt);
        keptLength += at - nameAt;
    }

    private int claim(int from, int to) {
        if (escaped) {
            var name = Claims.string(json, from - 1, to + 1).getBytes(StandardCharsets.UTF_8);
            return claim(name, 0, name.length);
        }
        return claim(json, from, to);
    }

    private static int claim(byte[] name, int from, int to) {
        if (to - from != 3) {
            return OTHER;
        }
        return switch ((name[from] & 0xff) << 16 | (name[from + 1] & 0xff) << 8 | name[from + 2] & 0xff) {
            case 'i' << 16 | 's' << 8 | 's' -> ISSUER;
            case 'a' << 16 | 'u' << 8 | 'd' -> AUDIENCE;
            case 'e' << 16 | 'x' << 8 | 'p' -> EXPIRY;
            case 'n' << 16 | 'b' << 8 | 'f' -> NOT_BEFORE;
            case 'i' << 16 | 'a' << 8 | 't' -> ISSUED_AT;
            case 's' << 16 | 'u' << 8 | 'b' -> SUBJECT;
            case 'j' << 16 | 't' << 8 | 'i' -> TOKEN_ID;
            default -> OTHER;
        };
    }

    private void value() {
        switch (json[at]) {
            case '"' -> string();
            case '{', '[' -> nested();
            default -> word();
        }
    }

    private void nested() {
        int depth = 0;
        do {
            switch (json[at]) {
                case '"' -> string();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
    }

    private void word() {
        int start = at;
        while (json[at] != ',' && json[at] != '}' && !isWhiteSpace(json[at])) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
    }

    private void string() {
        expect('"');
        escaped = false;
        while (json[at] != '"') {
            if (json[at] == '\\') {
                escaped = true;
                at++;
            }
            at++;
        }
        at++;
    }

    private void expect(char c) {
        if (json[at] != c) {
            throw malformed();
        }
        at++;
    }

    private void skipWhiteSpace() {
        while (isWhiteSpace(json[at])) {
            at++;
        }
    }

    private void skipWhiteSpaceToEnd() {
        while (at < json.length) {
            if (!isWhiteSpace(json[at++])) {
                throw malformed();
            }
        }
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\t' || b == '\r';
    }

    /** Whether there is a claim that belongs to the format: issuer, audience, or a date. */
    boolean holdsClaimsOfTheFormat() {
        for (int claim = 0; claim < FIRST_OF_THE_VALUE; claim++) {
            if (spans[2 * claim + 1] != 0) {
                return true;
            }
        }
        return false;
    }

    /** The object without the claims of the format. */
    byte[] kept() {
        return Arrays.copyOf(kept, keptLength);
    }

    int[] spans() {
        return spans;
    }
}
