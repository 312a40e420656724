package dev.countermark.cli.formats;

import dev.countermark.Keyring;
import dev.countermark.frameworks.ExpressCookie;
import dev.countermark.frameworks.ExpressJsonCookie;
import dev.countermark.frameworks.ExpressSession;
import dev.countermark.frameworks.ExpressSignature;
import dev.countermark.frameworks.Keygrip;
import dev.countermark.mac.Hmac;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What Express signs: texts, objects, and the sessions of cookie-session, whose two cookies stand on one line. */
final class ExpressCookies implements TokenFormat {

    static final ExpressCookies INSTANCE = new ExpressCookies();

    private static final Pattern SIGNED = Pattern.compile("(?s)s:(.*)\\.([A-Za-z0-9+/]{43})");
    private static final Pattern BARE = Pattern.compile("(?s)(.*)\\.(?=[^.]*[+/])([A-Za-z0-9+/]{43})");
    private static final Pattern SESSION =
            Pattern.compile("([^=;\\s]+)=([A-Za-z0-9+/]+={0,2}); ?\\1\\.sig=([A-Za-z0-9_-]{22,86})");

    private static final Pattern KEYGRIP = Pattern.compile("[A-Za-z0-9_-]{27}|[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{86}");
    private static final String CHOICES =
            "express:cookie, express:json, express:session, express:signature, express:keygrip";
    private static final String NAME = "name";
    private static final String DATA = "data";
    private static final String DIGEST = "digest";

    private ExpressCookies() {}

    @Override
    public String usage() {
        return CHOICES;
    }

    @Override
    public String summary() {
        return "cookies of Express over a text or JSON, of cookie-session; cookie-signature; keygrip";
    }

    @Override
    public boolean matches(String name) {
        return name.startsWith("express:");
    }

    @Override
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put(NAME, "of the session's cookie; 'session' by default");
        options.put(DATA, "for keygrip, to verify: what was signed");
        options.put(DIGEST, "for keygrip: sha1 (the default), sha256 or sha512");
        return options;
    }

    @Override
    public String sign(Settings settings, String value) {
        FrameworkKeys.requireNoExpiry(settings);
        requireNoPurpose(settings);
        var keys = FrameworkKeys.of(settings);
        return switch (settings.format()) {
            case "express:cookie" -> ExpressCookie.of(keys).write(value);
            case "express:signature" -> ExpressSignature.of(keys).write(value);
            case "express:json" -> ExpressJsonCookie.of(keys).write(JsonText.read(value));
            case "express:session" -> {
                var cookies = ExpressSession.of(keys, name(settings)).write(JsonText.read(value));
                yield name(settings) + "=" + cookies.value() + "; " + name(settings) + ".sig=" + cookies.signature();
            }
            case "express:keygrip" -> keygrip(settings, keys).write(value);
            default -> throw unknown();
        };
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        requireNoPurpose(settings);
        if (settings.maxAge().isPresent()) {
            throw new IllegalArgumentException("Express writes no date; leave --max-age out");
        }
        var keys = FrameworkKeys.of(settings);
        return switch (settings.format()) {
            case "express:cookie" ->
                FrameworkKeys.outcome(ExpressCookie.of(keys).check(token), Function.identity());
            case "express:signature" ->
                FrameworkKeys.outcome(ExpressSignature.of(keys).check(token), Function.identity());
            case "express:json" ->
                FrameworkKeys.outcome(ExpressJsonCookie.of(keys).check(token), JsonText::write);
            case "express:session" -> {
                var cookies = SESSION.matcher(token);
                boolean both = cookies.matches() && cookies.group(1).equals(name(settings));
                yield both
                        ? FrameworkKeys.outcome(
                                ExpressSession.of(keys, name(settings)).check(cookies.group(2), cookies.group(3)),
                                JsonText::write)
                        : Outcome.rejected("give both cookies as in the header: NAME=…; NAME.sig=…");
            }
            case "express:keygrip" -> keygrip(settings, keys, token);
            default -> throw unknown();
        };
    }

    private static Keygrip keygrip(Settings settings, Keyring keys) {
        return Keygrip.of(keys)
                .digest(
                        switch (settings.option(DIGEST).orElse("sha1")) {
                            case "sha1" -> Hmac.SHA1;
                            case "sha256" -> Hmac.SHA256;
                            case "sha512" -> Hmac.SHA512;
                            default ->
                                throw new IllegalArgumentException("the option digest is sha1, sha256 or sha512");
                        });
    }

    private static Outcome keygrip(Settings settings, Keyring keys, String token) {
        var data = settings.option(DATA)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a signature of keygrip holds no value: give what was signed with -o data=…"));
        var verdict = keygrip(settings, keys).check(data, token);
        return FrameworkKeys.outcome(verdict, Function.identity());
    }

    private static String name(Settings settings) {
        return settings.option(NAME).orElse("session");
    }

    private static void requireNoPurpose(Settings settings) {
        if (settings.purpose().isPresent()) {
            throw new IllegalArgumentException("Express knows no purpose; leave --purpose out");
        }
    }

    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException("choose one of " + CHOICES);
    }

    @Override
    public Optional<Sighting> recognise(String token) {
        if (token.length() > 64 * 1024) {
            return Optional.empty();
        }
        var session = SESSION.matcher(token);
        if (session.matches()) {
            return Optional.of(new Sighting(
                    List.of("express:session"),
                    "a session of cookie-session",
                    List.of(
                            new Sighting.Part("name", session.group(1)),
                            new Sighting.Part("value", session.group(2)),
                            new Sighting.Part("signature", session.group(3)))));
        }
        if (KEYGRIP.matcher(token).matches()) {
            return Optional.of(new Sighting(
                    List.of("express:keygrip"),
                    "a signature alone, as keygrip makes them for Koa and cookie-session",
                    List.of(new Sighting.Part("signature", token.length() * 3 / 4 + " bytes"))));
        }
        var signed = SIGNED.matcher(decoded(token));
        if (!signed.matches()) {
            return bare(token);
        }
        boolean json = signed.group(1).startsWith("j:");
        return Optional.of(new Sighting(
                List.of(json ? "express:json" : "express:cookie"),
                "a signed cookie of Express",
                List.of(
                        new Sighting.Part("value", signed.group(1)),
                        new Sighting.Part("signature", "32 bytes, as HMAC with SHA-256"))));
    }

    /** With {@code +} or {@code /} in the signature; one without could be of many formats. */
    private static Optional<Sighting> bare(String token) {
        var bare = BARE.matcher(token);
        return bare.matches()
                ? Optional.of(new Sighting(
                        List.of("express:signature"),
                        "a text signed by cookie-signature",
                        List.of(
                                new Sighting.Part("value", bare.group(1)),
                                new Sighting.Part("signature", "32 bytes, as HMAC with SHA-256"))))
                : Optional.empty();
    }

    private static String decoded(String token) {
        try {
            return token.startsWith("s%3A")
                    ? URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8)
                    : token;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
