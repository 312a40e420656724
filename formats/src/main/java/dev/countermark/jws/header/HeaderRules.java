package dev.countermark.jws.header;

import dev.countermark.encoding.Base64Url;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How long a header may be, and which members no reader of ours takes. */
public final class HeaderRules {

    /** Bytes of JSON. */
    private static final int LONGEST = 4096;

    private static final int LONGEST_TEXT = Base64Url.encodedLength(LONGEST);

    /**
     * Members that name another key, or change how the token is read. None of them is followed, and a token that relies
     * on one is not understood (RFC 7515 section 4.1.11, RFC 7797, RFC 8725 section 3.10).
     */
    private static final List<String> NEVER_FOLLOWED =
            List.of("crit", "b64", "zip", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256");

    private HeaderRules() {}

    /** Whether a header of this many characters of base64 is longer than 4,096 bytes. */
    public static boolean isTooLong(int characters) {
        return characters > LONGEST_TEXT;
    }

    /** Whether it holds a member that nobody here follows. */
    public static boolean asksForMore(ObjectNode header) {
        return NEVER_FOLLOWED.stream().anyMatch(header::has);
    }
}
