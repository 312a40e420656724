package dev.countermark.itsdangerous;

import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.mac.Digest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Releases of itsdangerous, one constant for each generation that reads and writes alike.
 *
 * <p>A constant is wire format: it is never edited. Releases before 0.22 are not here: they compare signatures as text
 * and put the salt together in other ways.
 *
 * <p>Source: itsdangerous 0.22 to 0.24, {@code itsdangerous.py}; 1.0.0 to 2.2.0, {@code signer.py}, {@code timed.py}, {@code
 * serializer.py}, {@code url_safe.py}, {@code encoding.py}; 1.0.0 to 2.0.1, {@code jws.py}.
 */
public enum ItsDangerous {
    /** 0.22 to 0.24: dates count from 2011. Messages are those of 0.24. */
    V0_24(0, 22, 0),
    /** 1.0.0, withdrawn soon after its release: its digest is SHA-512 by default. */
    V1_0_0(1, 0, 0),
    /** 1.1.0: SHA-1 again, and a fallback for what 1.0.0 signed. */
    V1_1_0(1, 1, 0),
    /** 2.0.0: lists of keys, aware dates, no dates in the future when an age is demanded. */
    V2_0_0(2, 0, 0),
    /** 2.0.1 to 2.0.x. */
    V2_0_1(2, 0, 1),
    /** 2.1.0: without the JWS classes. */
    V2_1_0(2, 1, 0),
    /** 2.1.1 and 2.1.2: a date out of range under a bad signature is a malformed timestamp. */
    V2_1_2(2, 1, 1),
    /** 2.2.0, the newest. */
    V2_2_0(2, 2, 0);

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");
    private static final int NEWEST_MAJOR = 2;

    private final long first;

    ItsDangerous(int major, int minor, int patch) {
        this.first = inOrder(major, minor, patch);
    }

    /** A number that orders releases, each of whose numbers has at most four digits. */
    private static long inOrder(int major, int minor, int patch) {
        return (major * 10_000L + minor) * 10_000 + patch;
    }

    /**
     * The generation of a release.
     *
     * @param number as Python's packages show it, for instance {@code 0.24} or {@code 2.1.2}
     * @throws IllegalArgumentException if it is no release number, or one before 0.22 or after the 2.x series
     */
    public static ItsDangerous release(String number) {
        var matcher = NUMBER.matcher(number);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + number + "' is no release of itsdangerous; write it as in 0.24 or 2.2.0");
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        ItsDangerous found = null;
        for (var each : values()) {
            if (each.first <= inOrder(major, minor, patch)) {
                found = each;
            }
        }
        if (found == null || major > NEWEST_MAJOR) {
            throw new IllegalArgumentException(
                    "itsdangerous " + number + " is not supported; choose a release from 0.22 to 2.2.0");
        }
        return found;
    }

    /** The newest release, which {@code pip install itsdangerous} gives. */
    public static ItsDangerous newest() {
        return V2_2_0;
    }

    /**
     * Tokens of this release under one key: the argument of the Python constructors.
     *
     * @param secret of any strength, since somebody else has chosen it; its UTF-8 bytes are the key
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public PythonTokens keys(String secret) {
        return keys(PythonKeys.oldestFirst(secret));
    }

    /** Tokens of this release under several keys. Releases before 2.0 know one; reading with more is our addition. */
    public PythonTokens keys(PythonKeys keys) {
        return PythonTokens.of(this, keys);
    }

    Epoch epoch() {
        return this == V0_24 ? Epoch.YEAR_2011 : Epoch.UNIX;
    }

    Digest defaultDigest() {
        return this == V1_0_0 ? Digest.SHA512 : Digest.SHA1;
    }

    List<FallbackSigner> defaultFallbackSigners() {
        return this == V1_1_0 ? List.of(FallbackSigner.defaults().digest(Digest.SHA512)) : List.of();
    }

    /** {@code signer.py}, since 1.0.0: a separator must not be part of a base64 text. */
    boolean checksSeparator() {
        return this != V0_24;
    }

    /** {@code encoding.py}, since 1.0.0: an unsigned number of 64 bits. Before, any length. */
    boolean boundsTimestamp() {
        return this != V0_24;
    }

    /** Since 2.0.0 an error carries a date, aware of its zone; before, the bare number. */
    boolean datesAreAware() {
        return compareTo(V2_0_0) >= 0;
    }

    /** Since 2.0.0 an age below zero counts as expired where an age is demanded. */
    boolean refusesTheFuture() {
        return compareTo(V2_0_0) >= 0;
    }

    /** Since 2.1.1 a date out of range under a bad signature is an error of the library's own. */
    boolean namesDatesOutOfRange() {
        return compareTo(V2_1_2) >= 0;
    }

    /** Before 1.0.0 JSON in URL-safe tokens was ASCII. */
    boolean compactJsonIsAscii() {
        return this == V0_24;
    }

    /** Whether messages show the separator as it was given, text or bytes; later it became bytes first. */
    boolean showsSeparatorAsGiven() {
        return this == V0_24;
    }

    /** Since 1.0.0 {@code jws.py} takes HS512 where none is named. */
    JwsAlgorithm defaultJwsAlgorithm() {
        return this == V0_24 ? JwsAlgorithm.HS256 : JwsAlgorithm.HS512;
    }

    /** Since 1.0.0 {@code exp} goes through {@code int}, which takes text; before, it had to be a number above zero. */
    boolean convertsExpiry() {
        return this != V0_24;
    }

    /** Since 2.1.0 the JWS classes are gone. */
    boolean hasJws() {
        return compareTo(V2_1_0) < 0;
    }

    /** The full stop that 1.0.0 gave this message. */
    String cannotLoad() {
        var message = "Could not load the payload because an exception occurred on unserializing the data";
        return this == V0_24 ? message : message + ".";
    }
}
