package dev.countermark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A link taken apart and spelled in one way: what every reader of URLs takes for the same link has the same parts here,
 * and nothing else does.
 *
 * <p>RFC 3986 section 6.2.2: escapes have upper-case digits, and escaped unreserved characters stand as they are. In a
 * name or value of the query, which everybody decodes, the other characters that may stand there raw have the form of
 * their escape; {@code +} does not, because some read it as a space. What readers disagree on is refused: dot segments,
 * two slashes in front of the path, a semicolon in the query, an empty parameter, more than a thousand of them, a user, a
 * fragment, and whatever RFC 3986 has no place for.
 *
 * @param host in lower case, with a port that is not the scheme's own; empty where the link starts with its path
 * @param path starts with a slash
 */
record LinkParts(String host, String path, List<Parameter> parameters) {

    /** Where common readers stop by default: Tomcat refuses the rest, PHP and Express's qs leave it out. */
    static final int MOST_PARAMETERS = 1000;

    // without case in ASCII only: Java's own comparisons take the long s of U+017F for an s
    private static final Pattern SCHEME = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    // Some programs decode slashes before they look for dots, some take a backslash for one, and Tomcat looks for dots
    // before the first semicolon. A dot itself is never escaped here.
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?:/|%2F|%5C)\\.\\.?(?:/|%2F|%5C|;|%3B|$)");
    private static final Pattern UNESCAPED = Pattern.compile("[A-Za-z0-9._~-]*");
    private static final String UNRESERVED_MARKS = "-._~";
    private static final String PATH_MARKS = "/!$&'()*+,;=:@";
    private static final String QUERY_MARKS = "!$'()*,:@/?=";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    /**
     * One parameter of the query.
     *
     * @param name in its one spelling
     * @param value likewise; null where there is no equals sign
     */
    record Parameter(String name, @Nullable String value) {

        String text() {
            return value == null ? name : name + "=" + value;
        }
    }

    /** @throws IllegalArgumentException if readers of links could disagree about it; the message says what to do */
    static LinkParts of(String link) {
        if (link.indexOf('#') >= 0) {
            throw refused("has a fragment, which no server sees; sign it without, and append it to the signed link");
        }
        int queryAt = link.indexOf('?');
        var before = queryAt < 0 ? link : link.substring(0, queryAt);
        var query = queryAt < 0 ? "" : link.substring(queryAt + 1);
        int pathAt = pathStart(before);
        var path = before.length() == pathAt ? "/" : path(before.substring(pathAt));
        return new LinkParts(host(before.substring(0, pathAt)), path, parameters(query));
    }

    private static int pathStart(String before) {
        if (before.startsWith("/") && !before.startsWith("//")) {
            return 0;
        }
        var scheme = SCHEME.matcher(before);
        if (!scheme.lookingAt()) {
            throw refused("starts neither with one slash nor with http:// or https://");
        }
        int hostAt = scheme.end();
        int slash = before.indexOf('/', hostAt);
        return slash < 0 ? before.length() : slash;
    }

    private static String host(String origin) {
        if (origin.isEmpty()) {
            return "";
        }
        var authority = origin.substring(origin.indexOf("//") + 2);
        if (!HOST.matcher(authority).matches()) {
            throw refused("has a host that is none: a name or an address, and at most a port behind it");
        }
        boolean secure = (origin.charAt(4) | 0x20) == 's';
        var port = secure ? ":443" : ":80";
        var host = authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
        return host.toLowerCase(Locale.ROOT);
    }

    private static String path(String raw) {
        if (raw.startsWith("//")) {
            throw refused("has a path that starts with two slashes, behind which browsers look for a host");
        }
        var path = respelled(raw, PATH_MARKS, false);
        if (DOT_SEGMENT.matcher(path).find()) {
            throw refused("has a dot segment; write the path that is meant");
        }
        return path;
    }

    private static List<Parameter> parameters(String query) {
        var parameters = new ArrayList<Parameter>();
        if (query.isEmpty()) {
            return parameters;
        }
        int start = 0;
        while (start <= query.length()) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            if (start == end) {
                throw refused("has an empty parameter; write one & between two");
            }
            if (parameters.size() == MOST_PARAMETERS) {
                throw tooMany();
            }
            parameters.add(parameter(query.substring(start, end)));
            start = end + 1;
        }
        return parameters;
    }

    private static Parameter parameter(String raw) {
        int equals = raw.indexOf('=');
        return equals < 0
                ? new Parameter(respelled(raw, QUERY_MARKS, true), null)
                : new Parameter(
                        respelled(raw.substring(0, equals), QUERY_MARKS, true),
                        respelled(raw.substring(equals + 1), QUERY_MARKS, true));
    }

    /**
     * @param marks characters besides the unreserved that may stand there raw
     * @param escaping whether these take the form of their escape
     */
    private static String respelled(String raw, String marks, boolean escaping) {
        if (UNESCAPED.matcher(raw).matches()) {
            return raw;
        }
        var text = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int value = escaped(raw, i);
                i += 2;
                if (isUnreserved(value)) {
                    text.append((char) value);
                } else {
                    escape(value, text);
                }
            } else if (isUnreserved(c) || c == '+' || !escaping && marks.indexOf(c) >= 0) {
                text.append(c);
            } else if (marks.indexOf(c) >= 0) {
                escape(c, text);
            } else {
                throw refused("has a character that must be percent-encoded");
            }
        }
        return text.toString();
    }

    private static int escaped(String raw, int at) {
        int high = at + 2 < raw.length() ? hexDigit(raw.charAt(at + 1)) : -1;
        int low = high < 0 ? -1 : hexDigit(raw.charAt(at + 2));
        if (low < 0) {
            throw refused("has a percent sign without two hexadecimal digits; write %25");
        }
        return high << 4 | low;
    }

    // not Character.digit, which knows the digits of every script
    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private static void escape(int value, StringBuilder text) {
        text.append('%').append(HEX[value >>> 4]).append(HEX[value & 0xf]);
    }

    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    static IllegalArgumentException tooMany() {
        return refused("has more than " + MOST_PARAMETERS + " parameters, of which some programs read only the first");
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the link " + why);
    }

    /** Path and query in their one spelling, with the parameters in the order of {@link #parameters}. */
    String target() {
        if (parameters.isEmpty()) {
            return path;
        }
        var text = new StringBuilder(path);
        char separator = '?';
        for (var parameter : parameters) {
            text.append(separator).append(parameter.text());
            separator = '&';
        }
        return text.toString();
    }

    /** The bytes under a signature. None of the parts holds a line feed. */
    byte[] signedBytes(String expires) {
        return (host + "\n" + expires + "\n" + target()).getBytes(StandardCharsets.US_ASCII);
    }
}
