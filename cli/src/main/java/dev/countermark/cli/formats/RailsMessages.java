package dev.countermark.cli.formats;

import dev.countermark.Verdict;
import dev.countermark.frameworks.RailsCookie;
import dev.countermark.frameworks.RailsMessageVerifier;
import dev.countermark.frameworks.RailsRelease;
import dev.countermark.frameworks.RailsSignedId;
import dev.countermark.mac.Hmac;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What Rails signs over JSON, and over Marshal, whose bytes are typed and shown in base64. */
final class RailsMessages implements TokenFormat {

    static final RailsMessages INSTANCE = new RailsMessages();

    private static final Set<String> NAMES = Set.of("rails:message", "rails:cookie", "rails:signed-id");

    private RailsMessages() {}

    @Override
    public String usage() {
        return "rails:message, rails:cookie, rails:signed-id";
    }

    @Override
    public String summary() {
        return "what Rails signs, JSON; the key is secret_key_base, of a message the verifier's own secret";
    }

    @Override
    public boolean matches(String name) {
        return name.startsWith("rails:");
    }

    @Override
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("release", "of Rails: 6.0 to 8.1 (the default)");
        options.put("digest", "sha1 (the default but of a signed id), sha256 or sha512");
        options.put("serializer", "json (the default), plain-json or marshal");
        options.put("envelope", "new: write that of load_defaults 7.1");
        options.put("url-safe", "yes: write base64 for links");
        options.put("name", "of the cookie");
        options.put("model", "of the signed id, for instance User");
        options.putAll(FrameworkKeys.lenientOption());
        return options;
    }

    /** How a value stands on the command line. */
    private record Text<T>(Function<String, T> read, Function<T, String> show) {

        static final Text<JsonNode> JSON = new Text<>(JsonText::read, JsonText::write);

        /** The bytes of Marshal, in base64. */
        static final Text<byte[]> BYTES = new Text<>(RailsMessages::bytes, Base64.getEncoder()::encodeToString);
    }

    /** Write and check, whatever the class. */
    private record Face<T>(
            Text<T> text, BiFunction<T, Optional<Duration>, String> writer, Function<String, Verdict<T>> checker) {

        String write(String value, Optional<Duration> lifetime) {
            return writer.apply(text.read().apply(value), lifetime);
        }

        Outcome check(String token) {
            return FrameworkKeys.outcome(checker.apply(token), text.show());
        }
    }

    @Override
    public String sign(Settings settings, String value) {
        return face(settings).write(value, settings.expiresIn());
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        if (settings.maxAge().isPresent()) {
            throw new IllegalArgumentException("Rails writes no date of signing; leave --max-age out");
        }
        return face(settings).check(token);
    }

    private static Face<?> face(Settings settings) {
        if (!NAMES.contains(settings.format())) {
            throw new IllegalArgumentException(
                    "choose one of " + String.join(", ", NAMES.stream().sorted().toList()));
        }
        var keys = FrameworkKeys.of(settings);
        var serializer = settings.option("serializer").orElse("json");
        boolean marshal = serializer.equals("marshal");
        return switch (settings.format()) {
            case "rails:message" ->
                marshal
                        ? message(settings, RailsMessageVerifier.ofMarshal(keys), Text.BYTES)
                        : message(
                                settings,
                                serializer.equals("plain-json")
                                        ? RailsMessageVerifier.ofPlainJson(keys)
                                        : RailsMessageVerifier.of(keys),
                                Text.JSON);
            case "rails:cookie" ->
                marshal
                        ? cookie(settings, RailsCookie.ofMarshal(keys, name(settings)), Text.BYTES)
                        : cookie(settings, RailsCookie.of(keys, name(settings)), Text.JSON);
            default -> signedId(settings, RailsSignedId.of(keys, model(settings)));
        };
    }

    private static <T> Face<T> message(Settings settings, RailsMessageVerifier<T> unset, Text<T> text) {
        var verifier = set(settings, unset);
        return new Face<>(
                text,
                (value, lifetime) ->
                        lifetime.map(time -> verifier.write(value, time)).orElseGet(() -> verifier.write(value)),
                verifier::check);
    }

    private static <T> RailsMessageVerifier<T> set(Settings settings, RailsMessageVerifier<T> verifier) {
        var set = verifier.clock(settings.clock());
        set = release(settings).map(set::release).orElse(set);
        set = digest(settings).map(set::digest).orElse(set);
        set = settings.purpose().map(set::purpose).orElse(set);
        set = settings.isOn("url-safe") ? set.urlSafe() : set;
        set = settings.option("envelope").orElse("").equals("new") ? set.newEnvelope() : set;
        return settings.isLenient() ? set.lenient() : set;
    }

    private static <T> Face<T> cookie(Settings settings, RailsCookie<T> unset, Text<T> text) {
        var cookie = set(settings, unset);
        return new Face<>(
                text,
                (value, lifetime) -> lifetime.map(time ->
                                cookie.write(value, settings.clock().instant().plus(time)))
                        .orElseGet(() -> cookie.write(value)),
                cookie::check);
    }

    private static <T> RailsCookie<T> set(Settings settings, RailsCookie<T> cookie) {
        if (settings.purpose().isPresent()) {
            throw new IllegalArgumentException("a cookie's purpose is its name: --option name=user_id");
        }
        var set = cookie.clock(settings.clock());
        set = release(settings).map(set::release).orElse(set);
        set = digest(settings).map(set::digest).orElse(set);
        return settings.isLenient() ? set.lenient() : set;
    }

    private static Face<JsonNode> signedId(Settings settings, RailsSignedId unset) {
        var of = unset.clock(settings.clock());
        of = release(settings).map(of::release).orElse(of);
        of = settings.purpose().map(of::purpose).orElse(of);
        of = settings.option("envelope").orElse("").equals("new") ? of.newEnvelope() : of;
        var ids = settings.isLenient() ? of.lenient() : of;
        return new Face<>(
                Text.JSON,
                (id, lifetime) -> lifetime.map(time -> ids.write(id, time)).orElseGet(() -> ids.write(id)),
                ids::check);
    }

    private static byte[] bytes(String value) {
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("give the bytes of Marshal.dump(value) in base64");
        }
    }

    private static String name(Settings settings) {
        return required(settings, "name", "a cookie of Rails is signed with its name; give it with -o name=…");
    }

    private static String model(Settings settings) {
        return required(settings, "model", "an id is signed for its model; give it with -o model=…, for instance User");
    }

    private static String required(Settings settings, String option, String otherwise) {
        return settings.option(option).orElseThrow(() -> new IllegalArgumentException(otherwise));
    }

    private static Optional<RailsRelease> release(Settings settings) {
        return settings.option("release").map(text -> {
            try {
                return RailsRelease.valueOf("V" + text.replace('.', '_'));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("releases of Rails here are 6.0, 6.1, 7.0, 7.1, 7.2, 8.0, 8.1");
            }
        });
    }

    private static Optional<Hmac> digest(Settings settings) {
        return settings.option("digest").map(text -> {
            try {
                return Hmac.valueOf(text.replace("-", "").toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("digests of Rails here are sha1, sha256, sha512");
            }
        });
    }

    @Override
    public Optional<Sighting> recognise(String token) {
        return RailsSightings.of(token);
    }
}
