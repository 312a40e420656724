package dev.countermark.canary;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Secrets planted on purpose: none of them may be seen again where somebody could read it.
 *
 * <p>Any text that has the form of an API token counts as well, planted or not, so that the whole test run of a module is
 * watched and not only the tests that plant something.
 */
public final class Canary {

    /** A good key, as base64. Nothing that is not a secret has these characters. */
    public static final String KEY = "Y2FuYXJ5LWtleS1vbmUtN2YzYTlkMWU2YjQ4NWMwZDJhZjE4ZTM5";

    /** The bytes of the same key, which happen to be text. */
    public static final String KEY_TEXT = "canary-key-one-7f3a9d1e6b485c0d2af18e39";

    /** Whom planted tokens speak for. */
    public static final String SUBJECT = "canary-subject-5d0c8be2";

    private static final String API_TOKEN_FORM =
            "[a-z][a-z0-9]{1,15}_eyJpZCI6[A-Za-z0-9_-]{40,}\\.[A-Za-z0-9_-]{2,7}\\.[A-Za-z0-9_-]{43}";

    private static final Pattern API_TOKEN = Pattern.compile(API_TOKEN_FORM);

    /** How the service greets its operator at the first start; a log's line never has a token for itself. */
    private static final Pattern GREETING = Pattern.compile("(?m)^ {2}(?:ADMIN=')?" + API_TOKEN_FORM + "'?$");

    /** What to look for, and what to call it in a message: never itself. */
    private static final Map<String, String> PLANTED = new ConcurrentHashMap<>();

    static {
        plant("the key as base64", KEY);
        plant("the key as text", KEY_TEXT);
        plant("the subject", SUBJECT);
    }

    private Canary() {}

    /**
     * Plants a secret for the rest of the run.
     *
     * @param name what to call it
     * @param secret at least 12 characters, so that it is not met by chance
     */
    public static void plant(String name, String secret) {
        if (secret.length() < 12) {
            throw new IllegalArgumentException("a secret of " + secret.length() + " characters is met by chance");
        }
        PLANTED.putIfAbsent(secret, name);
    }

    /** Plants a token, its signature (what stands behind the last dot, colon or bar, else two dashes) and its payload. */
    public static String plantToken(String token) {
        plant("a token", token);
        int mark = Math.max(Math.max(token.lastIndexOf('.'), token.lastIndexOf(':')), token.lastIndexOf('|'));
        // A signature in base64 for addresses holds two dashes now and then.
        int signatureAt = mark > 0 ? mark : token.lastIndexOf("--") + 1;
        if (signatureAt > 0) {
            plant("the signature of a token", token.substring(signatureAt + 1));
            int payloadEnd = token.indexOf('.') > 0 ? token.indexOf('.') : signatureAt;
            if (payloadEnd > 20) {
                plant("the payload of a token", token.substring(0, payloadEnd));
            }
        }
        return token;
    }

    /** Names of the secrets that a text shows. */
    public static List<String> sightings(CharSequence text) {
        var seen = new ArrayList<String>();
        var all = text.toString();
        PLANTED.forEach((secret, name) -> {
            if (all.contains(secret)) {
                seen.add(name);
            }
        });
        if (API_TOKEN.matcher(GREETING.matcher(all).replaceAll("")).find()) {
            seen.add("an API token");
        }
        return seen;
    }

    /**
     * Fails where a text shows a secret.
     *
     * @param place where the text was found
     */
    public static void requireAbsent(String place, CharSequence text) {
        var seen = sightings(text);
        if (!seen.isEmpty()) {
            throw new AssertionError(place + " shows " + String.join(", ", seen));
        }
    }

    /** Fails where an exception, its causes or their traces show a secret. */
    public static void requireAbsent(Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        requireAbsent("the trace of " + thrown.getClass().getName(), trace.toString());
    }
}
