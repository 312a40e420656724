package dev.countermark.frameworks;

import dev.countermark.mac.Digest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Releases of Django between which the form of signed values changed; each stands for all until the next.
 *
 * <p>Source: {@code core/signing.py}, {@code http/request.py}, {@code contrib/sessions/backends/base.py} and
 * {@code contrib/auth/tokens.py} of Django 2.2.28, 3.2.25, 4.2.28 and 5.2.17.
 */
public enum DjangoRelease {
    /** Before 3.1: SHA-1, session text of a layout of its own, reset tokens counted in days. */
    V2_2(Digest.SHA1, true),
    /** 3.1 and 3.2: SHA-256, and SHA-1 is still read. */
    V3_1(Digest.SHA256, true),
    /** 4.0 to 5.2.14 and 6.0 to 6.0.5: SHA-256 only. */
    V4_0(Digest.SHA256, true),
    /** 5.2.15 and later, 6.0.6 and later: signed cookies have salts that keep name and salt apart (CVE-2026-6873). */
    V5_2_15(Digest.SHA256, false);

    /** The newest of them, which is what the classes of this package begin with. */
    public static final DjangoRelease LATEST = V5_2_15;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

    private final Digest digest;
    private final boolean joinsCookieSalts;

    DjangoRelease(Digest digest, boolean joinsCookieSalts) {
        this.digest = digest;
        this.joinsCookieSalts = joinsCookieSalts;
    }

    /**
     * The constant that stands for a release.
     *
     * @param version as Django prints it: {@code 4.2}, {@code 5.2.17}
     * @throws IllegalArgumentException if it is not two or three numbers with dots between them
     */
    public static DjangoRelease of(String version) {
        var numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("a release of Django is written like 4.2 or 5.2.17");
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        int patch = numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3));
        if (major < 3 || major == 3 && minor == 0) {
            return V2_2;
        }
        if (major == 3) {
            return V3_1;
        }
        boolean fixed = major > 6 || major == 6 && (minor > 0 || patch >= 6) || major == 5 && minor == 2 && patch >= 15;
        return fixed ? V5_2_15 : V4_0;
    }

    /** The one that writes, and then those that are still read. */
    List<Digest> digests() {
        return this == V3_1 ? List.of(digest, Digest.SHA1) : List.of(digest);
    }

    /** Whether the salt of a signed cookie is its name and its salt argument, one behind the other. */
    boolean joinsCookieSalts() {
        return joinsCookieSalts;
    }
}
