package dev.countermark.cli.conform;

import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Expired;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonError;
import dev.countermark.itsdangerous.PythonJws;
import dev.countermark.itsdangerous.ReturnedHeader;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.JwsAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The two JWS classes of itsdangerous. */
final class JwsFamily implements FormatFamily {

    private static final String TIMED = "itsdangerous.TimedJSONWebSignatureSerializer";
    private static final Set<String> FORMATS = Set.of("itsdangerous.JSONWebSignatureSerializer", TIMED);

    @Override
    public boolean knows(Request request) {
        return FORMATS.contains(request.format()) && !ItsDangerousFamily.TOO_OLD.contains(request.version());
    }

    @Override
    public Answer answer(Request request, boolean lenient) {
        var name = request.text("algorithm_name");
        if (name.equals("none")) {
            return Answer.error(request).with("refused", "alg-none");
        }
        var answer = Answer.to(request);
        var original = jws(request, JwsAlgorithm.valueOf(name), true);
        var jws = lenient ? original : jws(request, JwsAlgorithm.valueOf(name), false);
        if (request.writes()) {
            // Python writes what it reads leniently, whoever reads it.
            answer.written(subject(request, original, values(request, true)).sign(Values.present(request.input())));
        }
        var token = request.token();
        if (token != null) {
            var values = values(request, lenient);
            var subject = subject(request, jws, values);
            var lenientSubject = subject(request, original, values(request, true));
            read(
                    jws,
                    subject,
                    new PythonAnswer(subject, lenientSubject, values, release(request), request.isPython2()),
                    token,
                    answer);
        }
        return answer;
    }

    private static PythonJws jws(Request request, JwsAlgorithm algorithm, boolean lenient) {
        var settings = release(request).keys(ItsDangerousFamily.keys(request));
        var salt = request.bytes("call_salt").or(() -> request.bytes("salt"));
        settings = salt.isPresent() ? settings.salt(salt.get()) : settings;
        var jws = (lenient ? settings.lenient() : settings).jws().algorithm(algorithm);
        if (request.param("header_fields").isObject()) {
            var json = PythonJson.standard().unbounded();
            var fields = json.loads(json.dumps(ValueNotation.read(request.param("header_fields"))));
            jws = jws.headerFields((ObjectNode) fields);
        }
        var order = StreamSupport.stream(request.param("header_order").spliterator(), false)
                .map(JsonNode::stringValue)
                .toArray(String[]::new);
        return jws.headerOrder(order);
    }

    private static ItsDangerous release(Request request) {
        return ItsDangerous.release(request.version());
    }

    private static Codec<Object> values(Request request, boolean lenient) {
        var json = PythonJson.standard().compact();
        json = release(request) == ItsDangerous.V0_24 ? json : json.unescaped();
        return Values.json(lenient ? json.lenient() : json);
    }

    private static Subject<Object> subject(Request request, PythonJws jws, Codec<Object> values) {
        return request.format().equals(TIMED)
                ? Subject.of(
                        DatedTokens.of(
                                        jws.timedFormat(request.seconds("expires_in")
                                                .orElseThrow(() -> new IllegalArgumentException(
                                                        "a timed class has a number expires_in"))),
                                        values)
                                .limits(NO_LIMITS)
                                .clock(request.clock()),
                        null)
                : undated(jws.serializer().as(values));
    }

    private static Subject<Object> undated(Tokens<Object> tokens) {
        return Subject.of(tokens.limits(NO_LIMITS));
    }

    private static void read(PythonJws jws, Subject<Object> subject, PythonAnswer python, byte[] token, Answer answer) {
        python.read(token, answer);
        var verdict = subject.check(token);
        var error = verdict.detail(PythonError.class);
        answer.with(
                "header",
                error.flatMap(PythonError::header)
                        .<Object>map(ValueNotation::write)
                        .orElseGet(() -> header(verdict)));
        if (verdict instanceof Valid<Object> valid) {
            // These classes return no date.
            answer.with("date_signed", null).with("unsafe", unsafe(true, valid.value(), header(verdict)));
        } else if (error.isPresent()) {
            answer.with("unsafe", unsafe(jws, subject, token, verdict, error.get()));
        } else if (verdict instanceof Rejected<Object> rejected) {
            refusal(rejected.reason()).ifPresent(reason -> answer.with("refused", reason));
        }
    }

    private static @Nullable Object header(Verdict<?> verdict) {
        return verdict.detail(ReturnedHeader.class)
                .map(returned -> ValueNotation.write(returned.header()))
                .orElse(null);
    }

    /**
     * {@code loads_unsafe} takes apart what the error carries: under a bad signature the text of the token, otherwise the
     * value, in which it looks for a token and finds none.
     */
    private static Object unsafe(
            PythonJws jws, Subject<Object> subject, byte[] token, Verdict<Object> verdict, PythonError error) {
        if (error.className().equals("BadPayload")) {
            return Map.of("error_class", error.className());
        }
        if (verdict instanceof Expired || error.payload().isEmpty()) {
            return unsafe(false, null, null);
        }
        var value = subject.unverified(token).unverifiedValue();
        var header = jws.unverifiedHeader(new String(token, StandardCharsets.ISO_8859_1));
        return unsafe(
                false,
                value.orElse(null),
                value.flatMap(any -> header).map(ValueNotation::write).orElse(null));
    }

    private static Object unsafe(boolean valid, @Nullable Object payload, @Nullable Object header) {
        var unsafe = new LinkedHashMap<String, @Nullable Object>();
        unsafe.put("valid", valid);
        unsafe.put("payload", ValueNotation.write(payload));
        if (header != null) {
            unsafe.put("header", header);
        }
        return unsafe;
    }

    /** What the release accepts or breaks on, and both modes refuse; or strict alone, for reasons that only JWS has. */
    private static Optional<String> refusal(Reason reason) {
        return switch (reason) {
            case EXPIRY_MALFORMED -> Optional.of("exp-not-integer");
            case DATE_MALFORMED -> Optional.of("iat-not-integer");
            case HEADER_MALFORMED -> Optional.of("header");
            case CLAIM_MISMATCH -> Optional.of("exp-in-untimed");
            default -> Optional.empty();
        };
    }
}
