package dev.countermark.cli.formats;

import dev.countermark.Keyring;
import dev.countermark.Verdict;
import dev.countermark.frameworks.DjangoCookie;
import dev.countermark.frameworks.DjangoJson;
import dev.countermark.frameworks.DjangoMessages;
import dev.countermark.frameworks.DjangoRelease;
import dev.countermark.frameworks.DjangoSession;
import dev.countermark.frameworks.DjangoSessionData;
import dev.countermark.frameworks.DjangoSigner;
import dev.countermark.frameworks.DjangoTimestampSigner;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One class of Django with its keys and settings.
 *
 * @param write signs a value as it was typed
 * @param read verifies a token
 */
record DjangoChoice(Function<String, String> write, Function<String, Outcome> read) {

    static final String CLASSES = "signer, timestamp, dumps, cookie, session, session-data, messages, password-reset";

    private static final Pattern NAME = Pattern.compile("django(?:@([^:]*))?:(.*)");
    private static final String COOKIE = "cookie";
    private static final String COMPRESS = "compress";
    private static final String LEGACY_SALT = "legacy-salt";

    static Map<String, String> options() {
        var options = new TreeMap<>(FrameworkKeys.lenientOption());
        options.put(COOKIE, "for cookie: its name");
        options.put(COMPRESS, "for dumps, yes: compress where that is shorter");
        options.put(LEGACY_SALT, "for cookie, yes: also read the salt of before 5.2.15");
        options.putAll(DjangoResets.options());
        return options;
    }

    /** @throws IllegalArgumentException if there is no such class, or a setting makes no sense for it */
    static DjangoChoice of(Settings settings) {
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
            case "messages" -> messages(settings, keys, release);
            case "password-reset" -> DjangoResets.choice(settings, keys, release);
            default -> throw unknown();
        };
    }

    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException(
                "choose a class of Django, for instance django:dumps or django@4.2:cookie:" + " " + CLASSES);
    }

    private static DjangoChoice signer(Settings settings, Keyring keys, DjangoRelease release) {
        requireNoAge(settings);
        var signer = DjangoSigner.of(keys).release(release);
        var chosen = settings.purpose().map(signer::salt).orElse(signer);
        return new DjangoChoice(
                chosen::write, token -> FrameworkKeys.outcome(chosen.check(token), Function.identity()));
    }

    private static DjangoChoice timestamp(Settings settings, Keyring keys, DjangoRelease release) {
        var signer = DjangoTimestampSigner.of(keys).release(release).clock(settings.clock());
        signer = settings.purpose().map(signer::salt).orElse(signer);
        var chosen = settings.isLenient() ? signer.lenient() : signer;
        return new DjangoChoice(
                chosen::write,
                token -> FrameworkKeys.outcome(
                        checked(settings, token, chosen::check, chosen::check), Function.identity()));
    }

    private static DjangoChoice dumps(Settings settings, Keyring keys, DjangoRelease release) {
        var json = DjangoJson.of(keys).release(release).clock(settings.clock());
        json = settings.purpose().map(json::salt).orElse(json);
        json = settings.isOn(COMPRESS) ? json.compressed() : json;
        var chosen = settings.isLenient() ? json.lenient() : json;
        return new DjangoChoice(
                value -> chosen.write(JsonText.read(value)),
                token ->
                        FrameworkKeys.outcome(checked(settings, token, chosen::check, chosen::check), JsonText::write));
    }

    private static DjangoChoice cookie(Settings settings, Keyring keys, DjangoRelease release) {
        var name = settings.option(COOKIE)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a cookie of Django is signed with its name; give it with -o cookie=…"));
        var cookie = DjangoCookie.of(keys, name).release(release).clock(settings.clock());
        cookie = settings.purpose().map(cookie::salt).orElse(cookie);
        cookie = settings.isOn(LEGACY_SALT) ? cookie.acceptingLegacySalt() : cookie;
        var chosen = settings.isLenient() ? cookie.lenient() : cookie;
        return new DjangoChoice(
                chosen::write,
                token -> FrameworkKeys.outcome(
                        checked(settings, token, chosen::check, chosen::check), Function.identity()));
    }

    private static DjangoChoice session(Settings settings, Keyring keys, DjangoRelease release) {
        FrameworkKeys.requireNoSalt(settings, "this class");
        var session = DjangoSession.of(keys).release(release).clock(settings.clock());
        session = settings.maxAge().map(session::maxAge).orElse(session);
        var chosen = settings.isLenient() ? session.lenient() : session;
        return new DjangoChoice(
                value -> chosen.write(JsonText.read(value)),
                token -> FrameworkKeys.outcome(chosen.check(token), JsonText::write));
    }

    private static DjangoChoice sessionData(Settings settings, Keyring keys, DjangoRelease release) {
        FrameworkKeys.requireNoSalt(settings, "this class");
        requireNoAge(settings);
        var data = DjangoSessionData.of(keys).release(release).clock(settings.clock());
        var chosen = settings.isLenient() ? data.lenient() : data;
        return new DjangoChoice(
                value -> chosen.write(JsonText.read(value)),
                token -> FrameworkKeys.outcome(chosen.check(token), JsonText::write));
    }

    private static DjangoChoice messages(Settings settings, Keyring keys, DjangoRelease release) {
        FrameworkKeys.requireNoSalt(settings, "this class");
        requireNoAge(settings);
        var messages = DjangoMessages.of(keys).release(release).clock(settings.clock());
        var chosen = settings.isLenient() ? messages.lenient() : messages;
        return new DjangoChoice(
                value -> chosen.write(DjangoMessageList.read(value)),
                token -> FrameworkKeys.outcome(chosen.check(token), DjangoMessageList::text));
    }

    /** Checks with the age that was asked for, or without one. */
    private static <T> Verdict<T> checked(
            Settings settings,
            String token,
            Function<String, Verdict<T>> check,
            BiFunction<String, Duration, Verdict<T>> checkAge) {
        return settings.maxAge().map(age -> checkAge.apply(token, age)).orElseGet(() -> check.apply(token));
    }

    private static void requireNoAge(Settings settings) {
        if (settings.maxAge().isPresent()) {
            throw new IllegalArgumentException("this class has no age; leave --max-age out");
        }
    }
}
