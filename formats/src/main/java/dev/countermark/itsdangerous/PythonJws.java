package dev.countermark.itsdangerous;

import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.WireFormat;
import dev.countermark.jws.JwsAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settings of the two JWS classes that itsdangerous had up to 2.0: {@code JSONWebSignatureSerializer} and
 * {@code TimedJSONWebSignatureSerializer}.
 *
 * <pre>{@code
 * var python = ItsDangerous.V0_24.keys("sekrit");
 * TimedTokens<JsonNode> tokens = python.timedJsonWebSignatureSerializer(Duration.ofHours(1));
 * }</pre>
 *
 * <p>The expiry stands in the <em>header</em>, where no JWT library looks for it: they accept such a token for ever. Read
 * these tokens here, and write new ones with {@link dev.countermark.jws.Jwt}.
 *
 * <p>Without a salt, the default here, the secret signs as it is; with one, the key is SHA-1 (in 1.0.0 SHA-512) over salt,
 * {@code signer} and secret. There is no algorithm {@code none}. {@code iat} and {@code exp} are integers of the years
 * 1970 to 9999 in both modes; a token is valid while now is not after {@code exp}. A header has at most 4,096 bytes.
 *
 * <p>Source: itsdangerous 1.1.0, {@code jws.py}; 0.24, {@code itsdangerous.py}. Immutable.
 */
public final class PythonJws {

    private final PythonSettings settings;
    private final JwsAlgorithm algorithm;
    private final ObjectNode headerFields;
    private final List<String> headerOrder;
    private final boolean heedsExpiry;

    private PythonJws(
            PythonSettings settings,
            JwsAlgorithm algorithm,
            ObjectNode headerFields,
            List<String> headerOrder,
            boolean heedsExpiry) {
        this.settings = settings;
        this.algorithm = algorithm;
        this.headerFields = headerFields;
        this.headerOrder = headerOrder;
        this.heedsExpiry = heedsExpiry;
    }

    static PythonJws of(PythonSettings settings) {
        return new PythonJws(
                settings,
                settings.release().defaultJwsAlgorithm(),
                JsonNodeFactory.instance.objectNode(),
                List.of(),
                false);
    }

    /** The same settings with another algorithm: {@code algorithm_name=}. HS256 before 1.0, HS512 since, by default. */
    public PythonJws algorithm(JwsAlgorithm algorithm) {
        return new PythonJws(settings, algorithm, headerFields, headerOrder, heedsExpiry);
    }

    /**
     * The same settings with more members in the header of every token written: {@code header_fields=}.
     *
     * @param fields stand before {@code alg}; a field that the class writes keeps its place, not its value; copied
     */
    public PythonJws headerFields(ObjectNode fields) {
        return new PythonJws(settings, algorithm, fields.deepCopy(), headerOrder, heedsExpiry);
    }

    /**
     * The same settings, writing these members of the header first, in this order.
     *
     * <p>CPython 3.6 and later write the fields given, {@code alg}, {@code iat}, {@code exp}; CPython 2.7 wrote
     * {@code alg}, {@code exp}, {@code iat}.
     */
    public PythonJws headerOrder(String... names) {
        return new PythonJws(settings, algorithm, headerFields, List.of(names), heedsExpiry);
    }

    /**
     * The same settings, the untimed class also reading tokens of the timed one, held to the {@code exp} in their header.
     *
     * <p>Otherwise, when strict, it refuses a header that carries {@code exp}. Python's untimed class takes such a token
     * for ever; so does ours when {@linkplain PythonTokens#lenient lenient}.
     */
    public PythonJws alsoReadingTimed() {
        return new PythonJws(settings, algorithm, headerFields, headerOrder, true);
    }

    /** {@code JSONWebSignatureSerializer}: JSON under a header. */
    public Tokens<JsonNode> serializer() {
        return Tokens.of(PythonJwsFormat.untimed(this), settings.compactJson());
    }

    /**
     * {@code TimedJSONWebSignatureSerializer}: the same with {@code iat} and {@code exp} in the header.
     *
     * @param expiresIn {@code expires_in=}, from signing to {@code exp}; Python's default is an hour. Whole seconds, the rest left
     *     out; signing is refused where {@code exp} would lie after the year 9999. Reading goes by what stands in the token.
     * @throws IllegalArgumentException if it is negative
     */
    public TimedTokens<JsonNode> timedSerializer(Duration expiresIn) {
        return TimedTokens.of(timedFormat(expiresIn), settings.compactJson(), expiresIn);
    }

    /**
     * The format of {@link #timedSerializer}, for those who also need tokens that are expired when written.
     *
     * @param expiresIn may be zero or negative, as in Python; writing is refused where {@code exp} would lie outside the years
     *     1970 to 9999
     */
    public WireFormat timedFormat(Duration expiresIn) {
        return PythonJwsFormat.timed(this, expiresIn);
    }

    /**
     * What a token's header says, whoever wrote it: bounded, and never to be believed.
     *
     * @return empty where it cannot be read
     */
    public Optional<JsonNode> unverifiedHeader(String token) {
        return Optional.ofNullable(PythonJwsFormat.untimed(this).unverifiedHeader(token));
    }

    PythonSettings settings() {
        return settings;
    }

    JwsAlgorithm algorithm() {
        return algorithm;
    }

    boolean heedsExpiry() {
        return heedsExpiry;
    }

    /** The members of a header in the order of CPython 3.6, or in the one that was asked for. */
    ObjectNode header() {
        return headerFields.deepCopy().put("alg", algorithm.name());
    }

    ObjectNode ordered(ObjectNode header) {
        if (headerOrder.isEmpty()) {
            return header;
        }
        var ordered = JsonNodeFactory.instance.objectNode();
        for (var name : headerOrder) {
            if (header.has(name)) {
                ordered.set(name, header.get(name));
            }
        }
        header.properties().forEach(member -> {
            if (!ordered.has(member.getKey())) {
                ordered.set(member.getKey(), member.getValue());
            }
        });
        return ordered;
    }

    @Override
    public String toString() {
        return "PythonJws[" + algorithm + ", " + settings + "]";
    }
}
