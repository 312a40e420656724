package dev.countermark.cli.formats;

import dev.countermark.Verdict;
import dev.countermark.frameworks.RailsCookie;
import dev.countermark.frameworks.RailsMessageVerifier;
import dev.countermark.frameworks.RailsRelease;
import dev.countermark.frameworks.RailsSignedId;
import dev.countermark.mac.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Rails signs over JSON, and over Marshal, whose bytes are typed and shown in base64. */
final class RailsMessages implements TokenFormat {

    static final RailsMessages INSTANCE = new RailsMessages();

    private static final Set<String> NAMES = Set.of("rails:message", "rails:cookie", "rails:signed-id");
    private static final Pattern SHAPE =
            Pattern.compile("([A-Za-z0-9+/_-]+={0,2})--([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})");

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

    /** Write and check, whatever the class. */
    private interface Face {
        String write(String value, Optional<Duration> lifetime);

        Outcome check(String token);
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

    private static Face face(Settings settings) {
        boolean marshal = settings.option("serializer").orElse("json").equals("marshal");
        return switch (settings.format()) {
            case "rails:message" -> marshal ? marshalMessage(settings) : message(settings);
            case "rails:cookie" -> marshal ? marshalCookie(settings) : cookie(settings);
            case "rails:signed-id" -> signedId(settings);
            default ->
                throw new IllegalArgumentException("choose one of "
                        + String.join(", ", NAMES.stream().sorted().toList()));
        };
    }

    private static Face message(Settings settings) {
        var keys = FrameworkKeys.of(settings);
        var plain = settings.option("serializer").orElse("json").equals("plain-json");
        var verifier = set(settings, plain ? RailsMessageVerifier.ofPlainJson(keys) : RailsMessageVerifier.of(keys));
        return new Face() {
            @Override
            public String write(String value, Optional<Duration> lifetime) {
                var json = JsonText.read(value);
                return lifetime.map(time -> verifier.write(json, time)).orElseGet(() -> verifier.write(json));
            }

            @Override
            public Outcome check(String token) {
                return json(verifier.check(token));
            }
        };
    }

    private static Face marshalMessage(Settings settings) {
        var verifier = set(settings, RailsMessageVerifier.ofMarshal(FrameworkKeys.of(settings)));
        return new Face() {
            @Override
            public String write(String value, Optional<Duration> lifetime) {
                var bytes = bytes(value);
                return lifetime.map(time -> verifier.write(bytes, time)).orElseGet(() -> verifier.write(bytes));
            }

            @Override
            public Outcome check(String token) {
                return bytesIn(verifier.check(token));
            }
        };
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

    private static Face cookie(Settings settings) {
        var cookie = set(settings, RailsCookie.of(FrameworkKeys.of(settings), required(settings, "name")));
        return new Face() {
            @Override
            public String write(String value, Optional<Duration> lifetime) {
                var json = JsonText.read(value);
                return lifetime.map(time ->
                                cookie.write(json, settings.clock().instant().plus(time)))
                        .orElseGet(() -> cookie.write(json));
            }

            @Override
            public Outcome check(String token) {
                return json(cookie.check(token));
            }
        };
    }

    private static Face marshalCookie(Settings settings) {
        var cookie = set(settings, RailsCookie.ofMarshal(FrameworkKeys.of(settings), required(settings, "name")));
        return new Face() {
            @Override
            public String write(String value, Optional<Duration> lifetime) {
                var bytes = bytes(value);
                return lifetime.map(time ->
                                cookie.write(bytes, settings.clock().instant().plus(time)))
                        .orElseGet(() -> cookie.write(bytes));
            }

            @Override
            public Outcome check(String token) {
                return bytesIn(cookie.check(token));
            }
        };
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

    private static Face signedId(Settings settings) {
        var of = RailsSignedId.of(FrameworkKeys.of(settings), required(settings, "model"))
                .clock(settings.clock());
        of = release(settings).map(of::release).orElse(of);
        of = settings.purpose().map(of::purpose).orElse(of);
        of = settings.option("envelope").orElse("").equals("new") ? of.newEnvelope() : of;
        var ids = settings.isLenient() ? of.lenient() : of;
        return new Face() {
            @Override
            public String write(String value, Optional<Duration> lifetime) {
                var id = JsonText.read(value);
                return lifetime.map(time -> ids.write(id, time)).orElseGet(() -> ids.write(id));
            }

            @Override
            public Outcome check(String token) {
                return json(ids.check(token));
            }
        };
    }

    private static Outcome json(Verdict<JsonNode> verdict) {
        return FrameworkKeys.outcome(verdict, JsonText::write);
    }

    private static Outcome bytesIn(Verdict<byte[]> verdict) {
        return FrameworkKeys.outcome(verdict, Base64.getEncoder()::encodeToString);
    }

    private static byte[] bytes(String value) {
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("give the bytes of Marshal.dump(value) in base64");
        }
    }

    private static String required(Settings settings, String option) {
        return settings.option(option)
                .orElseThrow(() -> new IllegalArgumentException("say which: --option " + option + "=…"));
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
        var shape = SHAPE.matcher(token.replace("%3D", "="));
        if (token.length() > 64 * 1024 || !shape.matches()) {
            return Optional.empty();
        }
        byte[] body;
        try {
            body = Base64.getDecoder().decode(shape.group(1).replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean marshal = body.length > 2 && body[0] == 4 && body[1] == 8;
        var text = marshal ? "Marshal, " + body.length + " bytes" : new String(body, StandardCharsets.UTF_8);
        var algorithm = switch (shape.group(2).length()) {
            case 40 -> "SHA-1";
            case 64 -> "SHA-256";
            default -> "SHA-512";
        };
        return Optional.of(new Sighting(
                List.of("rails:message", "rails:cookie", "rails:signed-id"),
                "a message of Rails",
                List.of(
                        new Sighting.Part("body", text),
                        new Sighting.Part(
                                "signature", shape.group(2).length() / 2 + " bytes, as HMAC with " + algorithm))));
    }
}
