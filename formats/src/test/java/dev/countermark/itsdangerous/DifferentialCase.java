package dev.countermark.itsdangerous;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.Zlib;
import dev.countermark.json.PythonJson;
import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A class with keys and options, a value to write, and a token to read, which is often a damaged form of what is written.
 *
 * @param value text, or JSON for the serializers
 * @param token what to read; of the value, of other keys, or of anything
 */
record DifferentialCase(
        PythonClass type,
        List<String> keys,
        @Nullable String salt,
        String separator,
        KeyDerivation derivation,
        Digest digest,
        long now,
        @Nullable Long age,
        byte[] value,
        byte[] token) {

    private static final String[] SEPARATORS = {".", ".", ".", ":", "|", "..", "!", "é", "-", "aa", "Az", "~"};
    private static final List<Digest> DIGESTS =
            List.of(Digest.SHA1, Digest.SHA1, Digest.SHA224, Digest.SHA256, Digest.SHA384, Digest.SHA512, Digest.MD5);
    private static final String REFUSED_ON_PURPOSE = "refused on purpose";
    private static final PythonJson JSON = PythonJson.standard().lenient();

    enum PythonClass {
        Signer,
        TimestampSigner,
        Serializer,
        TimedSerializer,
        URLSafeSerializer,
        URLSafeTimedSerializer;

        boolean isSigner() {
            return this == Signer || this == TimestampSigner;
        }

        boolean isTimed() {
            return this == TimestampSigner || this == TimedSerializer || this == URLSafeTimedSerializer;
        }
    }

    static DifferentialCase random(Random random) {
        var type = PythonClass.values()[random.nextInt(6)];
        var keys = new ArrayList<String>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            keys.add("key" + random.nextInt(4));
        }
        var keysOnce = List.copyOf(new LinkedHashSet<>(keys));
        var derivations = KeyDerivation.values();
        long now = 1_600_000_000L + random.nextInt(200_000_000);
        var value = type.isSigner()
                ? RandomValue.text(random).getBytes(UTF_8)
                : JSON.dumps(RandomValue.json(random, 0)).getBytes(UTF_8);
        var written = new DifferentialCase(
                type,
                keysOnce,
                random.nextInt(3) == 0 ? "salt" + random.nextInt(3) : null,
                SEPARATORS[random.nextInt(SEPARATORS.length)],
                derivations[random.nextInt(derivations.length)],
                DIGESTS.get(random.nextInt(DIGESTS.size())),
                now,
                random.nextInt(3) == 0 ? null : (long) random.nextInt(100) - 2,
                value,
                new byte[0]);
        return written.reading(random);
    }

    /** The same with a token to read: its own, one signed before or after or with an older key, and often a damaged one. */
    private DifferentialCase reading(Random random) {
        var signing = random.nextInt(4) == 0 ? List.of(keys.get(random.nextInt(keys.size()))) : keys;
        long signedAt = now + (random.nextInt(3) == 0 ? random.nextInt(200) - 150 : 0);
        var writer =
                new DifferentialCase(type, signing, salt, separator, derivation, digest, signedAt, age, value, token);
        boolean crafted = !type.isSigner() && random.nextInt(3) == 0;
        var text = crafted ? writer.crafted(random) : writer.written();
        var read = text == null
                ? "a.b.c".getBytes(UTF_8)
                : crafted || random.nextInt(3) == 0 ? text : Damage.of(text, random);
        return new DifferentialCase(type, keys, salt, separator, derivation, digest, now, age, value, read);
    }

    /** A good signature over a body that no serializer writes: damaged JSON, damaged base64, damaged zlib. */
    private byte @Nullable [] crafted(Random random) {
        var python = python();
        if (python == null) {
            return null;
        }
        var json = random.nextInt(4) == 0 ? value : Damage.of(value, random);
        var body = json;
        if (type == PythonClass.URLSafeSerializer || type == PythonClass.URLSafeTimedSerializer) {
            boolean compressed = random.nextBoolean();
            var bytes = compressed ? Zlib.compress(json) : json;
            bytes = compressed && random.nextInt(3) == 0 ? Damage.of(bytes, random) : bytes;
            var base64 = ((compressed ? "." : "") + Base64Url.encode(bytes)).getBytes(UTF_8);
            body = random.nextInt(4) == 0 ? Damage.of(base64, random) : base64;
        }
        var signer = salt == null ? python.salt("itsdangerous") : python;
        return type.isTimed()
                ? signer.timestampSigner().as(Codec.bytes()).clock(clock()).signToBytes(body)
                : signer.signer().as(Codec.bytes()).signToBytes(body);
    }

    String toJson() {
        var nodes = JsonMapper.shared();
        var json = nodes.createObjectNode();
        json.put("class", type.name());
        keys.forEach(json.putArray("keys")::add);
        json.put("salt", salt);
        json.put("sep", separator);
        json.put("derivation", derivation.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("digest", digest.name().toLowerCase(Locale.ROOT));
        json.put("now", now);
        json.put("age", age);
        json.put("value", base64(value));
        json.put("token", base64(token));
        return nodes.writeValueAsString(json);
    }

    private @Nullable PythonTokens python() {
        try {
            var signingKeys = keys.stream().map(SigningKey::weakText).toList();
            var python = ItsDangerous.V2_1_2
                    .keys(PythonKeys.oldestFirst(signingKeys))
                    .lenient()
                    .separator(separator)
                    .keyDerivation(derivation)
                    .digest(digest);
            return salt == null ? python : python.salt(salt);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Clock clock() {
        return Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC);
    }

    private byte @Nullable [] written() {
        var python = python();
        if (python == null) {
            return null;
        }
        return switch (type) {
            case Signer -> python.signer().as(Codec.bytes()).signToBytes(value);
            case TimestampSigner ->
                python.timestampSigner().as(Codec.bytes()).clock(clock()).signToBytes(value);
            case Serializer -> python.serializer().signToBytes(json());
            case TimedSerializer -> python.timedSerializer().clock(clock()).signToBytes(json());
            case URLSafeSerializer -> python.urlSafeSerializer().signToBytes(json());
            case URLSafeTimedSerializer ->
                python.urlSafeTimedSerializer().clock(clock()).signToBytes(json());
        };
    }

    private JsonNode json() {
        return JSON.decode(value);
    }

    private Verdict<?> verdict(PythonTokens python) {
        return switch (type) {
            case Signer -> read(python.signer().as(Codec.bytes()));
            case TimestampSigner -> read(python.timestampSigner().as(Codec.bytes()));
            case Serializer -> read(python.serializer());
            case TimedSerializer -> read(python.timedSerializer());
            case URLSafeSerializer -> read(python.urlSafeSerializer());
            case URLSafeTimedSerializer -> read(python.urlSafeTimedSerializer());
        };
    }

    private Verdict<?> read(Tokens<?> tokens) {
        return tokens.checkBytes(token);
    }

    private Verdict<?> read(DatedTokens<?> tokens) {
        var dated = tokens.clock(clock());
        // A negative age is nobody's, and cannot be said in ours: as in Python, everything is older than that.
        return age == null ? dated.checkBytes(token) : dated.checkBytes(token, Duration.ofSeconds(Math.max(0, age)));
    }

    /** In the form of the script's answers. */
    String[] answer() {
        var python = python();
        if (python == null) {
            return new String[] {"refused", "", "", "", ""};
        }
        var verdict = verdict(python);
        if (verdict instanceof Valid<?> valid) {
            var bytes = valid.value() instanceof byte[] raw
                    ? raw
                    : PythonJson.standard().lenient().dumps(valid.value()).getBytes(UTF_8);
            return new String[] {base64(written()), "ok", "", base64(bytes), ""};
        }
        var error = verdict.detail(PythonError.class).orElse(null);
        if (error == null) {
            return new String[] {base64(written()), REFUSED_ON_PURPOSE, "", "", ""};
        }
        return new String[] {
            base64(written()),
            error.className(),
            base64(error.message().getBytes(UTF_8)),
            error.payload().map(payload -> "=" + base64(payload)).orElse(""),
            error.dateSigned().map(date -> Long.toString(date.getEpochSecond())).orElse("")
        };
    }

    /**
     * Whatever else Python fails with, ours must refuse; and a negative age has no counterpart. On purpose ours refuses a
     * number beyond the range of a double ({@code docs/wire-formats.md}), which Python reads as infinite.
     */
    boolean agrees(String[] theirs, String[] ours) {
        if (!theirs[0].equals(ours[0])) {
            return false;
        }
        if (theirs[1].equals("crash")) {
            return !ours[1].equals("ok");
        }
        if (ours[1].equals(REFUSED_ON_PURPOSE)) {
            return theirs[1].equals("ok")
                    && new String(Base64.getDecoder().decode(theirs[3]), UTF_8).contains("Infinity");
        }
        return age != null && age < 0 || Arrays.equals(theirs, ours);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return toJson();
    }
}
