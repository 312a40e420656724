package dev.countermark.jws;

import dev.countermark.Detail;
import dev.countermark.Reading;
import dev.countermark.encoding.EpochSeconds;
import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The registered claims of a JSON Web Token (RFC 7519 section 4.1), as they stand in it.
 *
 * <pre>{@code
 * verdict.detail(Claims.class).flatMap(Claims::subject)
 * }</pre>
 *
 * <p>Immutable; {@code toString} shows none of them.
 */
public final class Claims implements Detail {

    private static final PythonJson JSON = PythonJson.standard();
    private static final int LONGEST_DATE = 12;

    /** Stands for a claim that is there, and is no date. */
    static final long MALFORMED = Long.MAX_VALUE;

    private final byte[] json;
    private final int[] spans;

    Claims(byte[] json, ClaimScanner scanner) {
        this.json = json;
        this.spans = scanner.spans();
    }

    /** {@code iss}: who made the token. */
    public Optional<String> issuer() {
        return text(ClaimScanner.ISSUER);
    }

    /** {@code sub}: whom it is about. It also belongs to the value. */
    public Optional<String> subject() {
        return text(ClaimScanner.SUBJECT);
    }

    /** {@code aud}: whom it is for; empty if the token does not say. */
    public List<String> audience() {
        var audience = audienceOrNull();
        return audience == null ? List.of() : audience;
    }

    /** {@code exp}: the first second at which the token is refused. */
    public Optional<Instant> expiresAt() {
        return date(ClaimScanner.EXPIRY);
    }

    /** {@code nbf}: the first second at which it is accepted. */
    public Optional<Instant> notBefore() {
        return date(ClaimScanner.NOT_BEFORE);
    }

    /** {@code iat}: when it was made. */
    public Optional<Instant> issuedAt() {
        return date(ClaimScanner.ISSUED_AT);
    }

    /** {@code jti}: the name that its issuer gave it. It also belongs to the value. */
    public Optional<String> tokenId() {
        return text(ClaimScanner.TOKEN_ID);
    }

    boolean has(int claim) {
        return end(claim) != 0;
    }

    private int start(int claim) {
        return spans[2 * claim];
    }

    private int end(int claim) {
        return spans[2 * claim + 1];
    }

    private Optional<Instant> date(int claim) {
        long seconds = seconds(claim);
        return seconds == Reading.NO_TIME || seconds == MALFORMED
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(seconds));
    }

    private Optional<String> text(int claim) {
        return Optional.ofNullable(textOrNull(claim));
    }

    /** The claim's text, or null where it is absent or no text. */
    @Nullable
    String textOrNull(int claim) {
        if (!has(claim) || json[start(claim)] != '"') {
            return null;
        }
        try {
            return string(json, start(claim), end(claim));
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** The text, or the array of texts; null where it is neither. */
    @Nullable
    List<String> audienceOrNull() {
        var one = textOrNull(ClaimScanner.AUDIENCE);
        if (one != null) {
            return List.of(one);
        }
        if (!has(ClaimScanner.AUDIENCE) || !(audienceTree() instanceof ArrayNode array)) {
            return null;
        }
        var all = new ArrayList<String>(array.size());
        for (var member : array) {
            if (!member.isString()) {
                return null;
            }
            all.add(member.stringValue());
        }
        return List.copyOf(all);
    }

    private @Nullable JsonNode audienceTree() {
        try {
            return JSON.decode(Arrays.copyOfRange(json, start(ClaimScanner.AUDIENCE), end(ClaimScanner.AUDIENCE)));
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    /**
     * Seconds since 1970, {@link Reading#NO_TIME} for none, {@link #MALFORMED} for anything but an integer of the years
     * 1970 to 9999.
     *
     * <p>RFC 7519 allows a fraction. No issuer needs it, and readers differ in what they make of one, so none is read.
     */
    long seconds(int claim) {
        int from = start(claim);
        int to = end(claim);
        if (to == 0) {
            return Reading.NO_TIME;
        }
        if (to - from > LONGEST_DATE || json[from] == '0' && to - from > 1) {
            return MALFORMED;
        }
        long seconds = 0;
        for (int i = from; i < to; i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9) {
                return MALFORMED;
            }
            seconds = 10 * seconds + digit;
        }
        return seconds > EpochSeconds.MAX ? MALFORMED : seconds;
    }

    /** @throws RuntimeException if {@code json[from, to)} is not a JSON string */
    static String string(byte[] json, int from, int to) {
        var text = new String(json, from + 1, to - from - 2, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < text.length(); i++) {
            // as a signed byte, so that those beyond ASCII are below the space too
            if ((byte) text.charAt(i) < ' ' || text.charAt(i) == '\\') {
                return JSON.decode(Arrays.copyOfRange(json, from, to)).stringValue();
            }
        }
        return text;
    }

    @Override
    public String toString() {
        return "Claims";
    }
}
