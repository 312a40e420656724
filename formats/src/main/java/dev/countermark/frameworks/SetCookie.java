package dev.countermark.frameworks;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cookie to set, as the text of a {@code Set-Cookie} header that says nothing but what was meant.
 *
 * <pre>{@code
 * response.addHeader("Set-Cookie", SetCookie.of("session", text).path("/").secure().httpOnly().sameSite("Lax").header());
 * }</pre>
 *
 * <p>Name, value, domain and path are held to the grammar of RFC 6265 section 4.1.1, so that nothing in them can end the
 * cookie, add an attribute or start another header: every method here that takes a part refuses one outside it with an
 * {@link IllegalArgumentException}. What browsers drop without a word is refused too: name and value longer than 4,096 bytes
 * together, a path that does not start with a slash or is longer than 1,024 bytes, {@code SameSite=None} without
 * {@code Secure}, a prefix {@code __Host-} or {@code __Secure-} whose conditions do not hold.
 *
 * <p>Immutable; {@link #toString} does not show the value.
 *
 * @param name a token of RFC 9110
 * @param value of visible ASCII without comma, semicolon, backslash and double quote, which may stand around it
 * @param domain at most 253 characters; null for the host that answers
 * @param path null for the path of the request; empty likewise
 * @param maxAge in whole seconds, not negative; null for as long as the browser runs, zero takes the cookie away
 * @param tlsOnly the attribute {@code Secure}
 * @param hidden from scripts: the attribute {@code HttpOnly}
 * @param sameSite {@code Strict}, {@code Lax} or {@code None}; null for the browser's choice
 */
public record SetCookie(
        String name,
        String value,
        @Nullable String domain,
        @Nullable String path,
        @Nullable Duration maxAge,
        boolean tlsOnly,
        boolean hidden,
        @Nullable String sameSite) {

    private static final int LONGEST = 4096;
    private static final int LONGEST_ATTRIBUTE = 1024;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern OCTETS = Pattern.compile("[!#-+\\--:<-\\[\\]-~]*+");
    private static final Pattern QUOTED_OCTETS = Pattern.compile("\"" + OCTETS.pattern() + "\"");
    private static final Pattern PATH = Pattern.compile("[ -:<-~]*+");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final int LONGEST_DOMAIN = 253;

    /** @throws IllegalArgumentException if a part is outside the grammar; the message names it */
    public SetCookie {
        require(TOKEN.matcher(name).matches(), "name", "letters, digits and !#$%&'*+-.^_`|~");
        require(
                OCTETS.matcher(value).matches() || QUOTED_OCTETS.matcher(value).matches(),
                "value",
                "visible ASCII without comma, semicolon, backslash and double quote");
        require(domain == null || isDomain(domain), "domain", "labels of letters, digits and hyphens");
        require(path == null || PATH.matcher(path).matches(), "path", "ASCII without semicolon and control characters");
        require(maxAge == null || !maxAge.isNegative(), "Max-Age", "a duration that is not negative");
        require(
                sameSite == null || sameSite.equals("Strict") || sameSite.equals("Lax") || sameSite.equals("None"),
                "SameSite",
                "Strict, Lax or None");
        if (path != null && !path.isEmpty() && (path.charAt(0) != '/' || path.length() > LONGEST_ATTRIBUTE)) {
            throw new IllegalArgumentException("browsers overlook this path and take that of the request: start it with"
                    + " a slash, and keep it within " + LONGEST_ATTRIBUTE + " bytes");
        }
        if (name.length() + value.length() > LONGEST) {
            throw new IllegalArgumentException("the cookie has " + (name.length() + value.length())
                    + " bytes, and browsers drop cookies longer than " + LONGEST + "; keep less in it");
        }
    }

    private static void require(boolean holds, String part, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("the cookie's " + part + " is not allowed in a header: " + allowed);
        }
    }

    private static boolean isDomain(String domain) {
        var labels = domain + ".";
        for (int start = 0, end; start < labels.length(); start = end + 1) {
            end = labels.indexOf('.', start);
            if (!LABEL.matcher(labels.substring(start, end)).matches()) {
                return false;
            }
        }
        return domain.length() <= LONGEST_DOMAIN;
    }

    /** A cookie for the host that answers, as long as the browser runs. */
    public static SetCookie of(String name, String value) {
        return new SetCookie(name, value, null, null, null, false, false, null);
    }

    /** The same for a domain and all below it, for instance {@code example.org}, without a leading dot. */
    public SetCookie domain(String domain) {
        return new SetCookie(name, value, domain, path, maxAge, tlsOnly, hidden, sameSite);
    }

    /** The same for a path and all below it. */
    public SetCookie path(String path) {
        return new SetCookie(name, value, domain, path, maxAge, tlsOnly, hidden, sameSite);
    }

    /** The same, kept so long, in whole seconds. */
    public SetCookie maxAge(Duration maxAge) {
        return new SetCookie(name, value, domain, path, maxAge, tlsOnly, hidden, sameSite);
    }

    /** The same, sent over TLS only. */
    public SetCookie secure() {
        return new SetCookie(name, value, domain, path, maxAge, true, hidden, sameSite);
    }

    /** The same, hidden from scripts. */
    public SetCookie httpOnly() {
        return new SetCookie(name, value, domain, path, maxAge, tlsOnly, true, sameSite);
    }

    /** The same with {@code Strict}, {@code Lax} or {@code None}, in upper or lower case. */
    public SetCookie sameSite(String sameSite) {
        var canonical = switch (sameSite.toLowerCase(Locale.ROOT)) {
            case "strict" -> "Strict";
            case "lax" -> "Lax";
            case "none" -> "None";
            default -> sameSite;
        };
        return new SetCookie(name, value, domain, path, maxAge, tlsOnly, hidden, canonical);
    }

    /**
     * The value of the header {@code Set-Cookie}.
     *
     * @throws IllegalArgumentException if browsers would drop this cookie
     */
    public String header() {
        requireKept();
        var header = new StringBuilder(name).append('=').append(value);
        if (maxAge != null) {
            header.append("; Max-Age=").append(maxAge.toSeconds());
        }
        if (domain != null) {
            header.append("; Domain=").append(domain);
        }
        if (path != null && !path.isEmpty()) {
            header.append("; Path=").append(path);
        }
        header.append(tlsOnly ? "; Secure" : "").append(hidden ? "; HttpOnly" : "");
        if (sameSite != null) {
            header.append("; SameSite=").append(sameSite);
        }
        return header.toString();
    }

    private void requireKept() {
        var lower = name.toLowerCase(Locale.ROOT);
        boolean host = lower.startsWith("__host-");
        if (!tlsOnly && ("None".equals(sameSite) || host || lower.startsWith("__secure-"))) {
            throw new IllegalArgumentException("browsers drop this cookie unless it is secure()");
        }
        if (host && (domain != null || !"/".equals(path))) {
            throw new IllegalArgumentException(
                    "browsers drop a __Host- cookie unless its path is / and it has no domain");
        }
    }

    /** Without the value, which can be a session. */
    @Override
    public String toString() {
        return "SetCookie[" + name + "]";
    }
}
