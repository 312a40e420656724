package dev.countermark.cli.formats;

import dev.countermark.Keyring;
import dev.countermark.frameworks.DjangoCookie;
import dev.countermark.frameworks.DjangoJson;
import dev.countermark.frameworks.DjangoRelease;
import dev.countermark.frameworks.DjangoSession;
import dev.countermark.frameworks.DjangoSessionData;
import dev.countermark.frameworks.DjangoSigner;
import dev.countermark.frameworks.DjangoTimestampSigner;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What {@code django.core.signing} writes, of any release: {@code django@4.2:cookie}. */
final class DjangoClasses implements TokenFormat {

    static final DjangoClasses INSTANCE = new DjangoClasses();

    private static final Pattern NAME = Pattern.compile("django(?:@([^:]*))?:(.*)");
    private static final Pattern TEXT =
            Pattern.compile("(.*):([0-9A-Za-z]{1,7}):([0-9A-Za-z_-]{27}|[0-9A-Za-z_-]{43})", Pattern.DOTALL);
    private static final Pattern UNDATED =
            Pattern.compile("(.*):([0-9A-Za-z_-]{27}|[0-9A-Za-z_-]{43})", Pattern.DOTALL);
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String COOKIE = "cookie";
    private static final String COMPRESS = "compress";
    private static final String LEGACY_SALT = "legacy-salt";

    private DjangoClasses() {}

    @Override
    public String usage() {
        return "django@RELEASE:CLASS";
    }

    @Override
    public String summary() {
        return "Django: signer, timestamp, dumps, cookie, session, session-data; @RELEASE can be left out";
    }

    @Override
    public boolean matches(String name) {
        return name.startsWith("django:") || name.startsWith("django@");
    }

    @Override
    public Map<String, String> options() {
        var options = new TreeMap<>(FrameworkKeys.lenientOption());
        options.put(COOKIE, "for cookie: its name");
        options.put(COMPRESS, "for dumps, yes: compress where that is shorter");
        options.put(LEGACY_SALT, "for cookie, yes: also read the salt of before 5.2.15");
        return options;
    }

    /** One class with its keys and settings: how to write a text and how to read it. */
    private record Chosen(Function<String, String> write, Function<String, Outcome> read) {}

    @Override
    public String sign(Settings settings, String value) {
        FrameworkKeys.requireNoExpiry(settings);
        return chosen(settings).write().apply(value);
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        return chosen(settings).read().apply(token);
    }

    private static Chosen chosen(Settings settings) {
        var name = NAME.matcher(settings.format());
        if (!name.matches()) {
            throw unknown();
        }
        var release = name.group(1) == null ? DjangoRelease.LATEST : DjangoRelease.of(name.group(1));
        var keys = FrameworkKeys.of(settings);
        return switch (name.group(2)) {
            case "signer" -> signer(settings, keys, release);
            case "timestamp" -> timestamp(settings, keys, release);
            case "dumps" -> dumps(settings, keys, release);
            case "cookie" -> cookie(settings, keys, release);
            case "session" -> session(settings, keys, release);
            case "session-data" -> sessionData(settings, keys, release);
            default -> throw unknown();
        };
    }

    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException("choose a class of Django, for instance django:dumps or django@4.2:cookie:"
                + " signer, timestamp, dumps, cookie, session or session-data");
    }

    private static Chosen signer(Settings settings, Keyring keys, DjangoRelease release) {
        requireNoAge(settings);
        var signer = DjangoSigner.of(keys).release(release);
        var chosen = settings.purpose().map(signer::salt).orElse(signer);
        return new Chosen(chosen::write, token -> FrameworkKeys.outcome(chosen.check(token), Function.identity()));
    }

    private static Chosen timestamp(Settings settings, Keyring keys, DjangoRelease release) {
        var signer = DjangoTimestampSigner.of(keys).release(release).clock(settings.clock());
        signer = settings.purpose().map(signer::salt).orElse(signer);
        var chosen = isLenient(settings) ? signer.lenient() : signer;
        return new Chosen(
                chosen::write,
                token -> FrameworkKeys.outcome(
                        settings.maxAge().map(age -> chosen.check(token, age)).orElseGet(() -> chosen.check(token)),
                        Function.identity()));
    }

    private static Chosen dumps(Settings settings, Keyring keys, DjangoRelease release) {
        var json = DjangoJson.of(keys).release(release).clock(settings.clock());
        json = settings.purpose().map(json::salt).orElse(json);
        json = FrameworkKeys.isOn(settings, COMPRESS) ? json.compressed() : json;
        var chosen = isLenient(settings) ? json.lenient() : json;
        return new Chosen(
                value -> chosen.write(StarletteSessions.json(value)),
                token -> FrameworkKeys.outcome(
                        settings.maxAge().map(age -> chosen.check(token, age)).orElseGet(() -> chosen.check(token)),
                        StarletteSessions::text));
    }

    private static Chosen cookie(Settings settings, Keyring keys, DjangoRelease release) {
        var name = settings.option(COOKIE)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a cookie of Django is signed with its name; give it with -o cookie=…"));
        var cookie = DjangoCookie.of(keys, name).release(release).clock(settings.clock());
        cookie = settings.purpose().map(cookie::salt).orElse(cookie);
        cookie = FrameworkKeys.isOn(settings, LEGACY_SALT) ? cookie.acceptingLegacySalt() : cookie;
        var chosen = isLenient(settings) ? cookie.lenient() : cookie;
        return new Chosen(
                chosen::write,
                token -> FrameworkKeys.outcome(
                        settings.maxAge().map(age -> chosen.check(token, age)).orElseGet(() -> chosen.check(token)),
                        Function.identity()));
    }

    private static Chosen session(Settings settings, Keyring keys, DjangoRelease release) {
        requireNoSalt(settings);
        var session = DjangoSession.of(keys).release(release).clock(settings.clock());
        session = settings.maxAge().map(session::maxAge).orElse(session);
        var chosen = isLenient(settings) ? session.lenient() : session;
        return new Chosen(
                value -> chosen.write(StarletteSessions.json(value)),
                token -> FrameworkKeys.outcome(chosen.check(token), StarletteSessions::text));
    }

    private static Chosen sessionData(Settings settings, Keyring keys, DjangoRelease release) {
        requireNoSalt(settings);
        requireNoAge(settings);
        var data = DjangoSessionData.of(keys).release(release).clock(settings.clock());
        var chosen = isLenient(settings) ? data.lenient() : data;
        return new Chosen(
                value -> chosen.write(StarletteSessions.json(value)),
                token -> FrameworkKeys.outcome(chosen.check(token), StarletteSessions::text));
    }

    private static boolean isLenient(Settings settings) {
        return FrameworkKeys.isOn(settings, FrameworkKeys.LENIENT);
    }

    private static void requireNoAge(Settings settings) {
        if (settings.maxAge().isPresent()) {
            throw new IllegalArgumentException("this class has no age; leave --max-age out");
        }
    }

    private static void requireNoSalt(Settings settings) {
        if (settings.purpose().isPresent()) {
            throw new IllegalArgumentException("this class has a salt of its own; leave --purpose out");
        }
    }

    @Override
    public Optional<Sighting> recognise(String token) {
        var dated = TEXT.matcher(token);
        if (dated.matches()) {
            var parts = parts(dated.group(1));
            parts.add(new Sighting.Part("date", date(dated.group(2))));
            parts.add(signature(dated.group(3)));
            return Optional.of(new Sighting(
                    List.of(
                            "django:dumps",
                            "django:session-data",
                            "django:session",
                            "django:cookie",
                            "django:timestamp"),
                    "a dated text signed by Django",
                    parts));
        }
        var undated = UNDATED.matcher(token);
        if (!undated.matches()) {
            return Optional.empty();
        }
        var parts = parts(undated.group(1));
        parts.add(signature(undated.group(2)));
        return Optional.of(new Sighting(List.of("django:signer"), "a text signed by Django", parts));
    }

    private static List<Sighting.Part> parts(String value) {
        return new ArrayList<>(List.of(new Sighting.Part("value", DottedToken.bodyText(value))));
    }

    private static Sighting.Part signature(String text) {
        return text.length() == 27
                ? new Sighting.Part("signature", "20 bytes, as HMAC-SHA-1 makes them (Django before 3.1)")
                : new Sighting.Part("signature", "32 bytes, as HMAC-SHA-256 makes them (Django since 3.1)");
    }

    private static String date(String digits) {
        var seconds = BigInteger.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            seconds =
                    seconds.multiply(BigInteger.valueOf(62)).add(BigInteger.valueOf(DIGITS.indexOf(digits.charAt(i))));
        }
        return Instant.ofEpochSecond(seconds.longValue()).toString();
    }
}
