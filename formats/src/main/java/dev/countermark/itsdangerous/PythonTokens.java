package dev.countermark.itsdangerous;

import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.TimedTokens;
import dev.countermark.Tokens;
import dev.countermark.WireFormat;
import dev.countermark.mac.Digest;
import dev.countermark.mac.KeyDerivation;
import dev.countermark.mac.MacAlgorithm;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Settings of one release's classes, and the classes as tokens: what Python's constructors take and make.
 *
 * <p>What is not set is the release's default. Whatever class is taken from here, its values can be of another type:
 * {@code python.timedSerializer().as(Json.of(Login.class))}.
 *
 * <p>Reading is strict: canonical base64, no dates in the future, and JSON that all programs read alike; see
 * {@link #lenient}. What an itsdangerous of that release would have raised stands in the verdict:
 * {@code verdict.detail(PythonError.class)}.
 *
 * <p>Source: itsdangerous, the constructors of {@code Signer}, {@code TimestampSigner}, {@code Serializer} and its kinds, in the
 * files that {@link ItsDangerous} names. Immutable and safe for many threads. Keys are derived when a class is taken, so keep the
 * tokens.
 */
public final class PythonTokens {

    private final PythonSettings settings;

    private PythonTokens(PythonSettings settings) {
        this.settings = settings;
    }

    static PythonTokens of(ItsDangerous release, PythonKeys keys) {
        return new PythonTokens(PythonSettings.of(release, keys));
    }

    /**
     * The same settings with a salt, as the constructor or a single call takes it: {@code salt=}.
     *
     * <p>The default is {@code itsdangerous.Signer} for the signers and {@code itsdangerous} for the serializers.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public PythonTokens salt(String salt) {
        return salt(Codec.text().encode(salt));
    }

    /** The same settings with a salt of any bytes, none included; copied. */
    public PythonTokens salt(byte[] salt) {
        return new PythonTokens(settings.with(salt.clone()));
    }

    /**
     * The same settings with another separator: {@code sep=}.
     *
     * @param separator one character or more; before 1.0.0 it may be empty, and then nothing can be read
     * @throws IllegalArgumentException if the release refuses it, because it can appear in a signature (since 1.0.0), or if it
     *     holds a lone surrogate
     */
    public PythonTokens separator(String separator) {
        return separator(Separator.ofText(separator));
    }

    /**
     * As {@link #separator(String)}, of any bytes; copied.
     *
     * @throws IllegalArgumentException if the release refuses it, because it can appear in a signature (since 1.0.0)
     */
    public PythonTokens separator(byte[] separator) {
        return separator(Separator.ofBytes(separator));
    }

    private PythonTokens separator(Separator separator) {
        return new PythonTokens(settings.with(separator));
    }

    /** The same settings with another derivation of the key: {@code key_derivation=}. */
    public PythonTokens keyDerivation(KeyDerivation derivation) {
        return new PythonTokens(settings.with(derivation));
    }

    /** The same settings with another hash function, for derivation and signature: {@code digest_method=}. */
    public PythonTokens digest(Digest digest) {
        return new PythonTokens(settings.with(digest));
    }

    /**
     * The same settings with an algorithm of its own for the signature: {@code algorithm=}.
     *
     * <p>With {@link NoSignature} anybody can write such tokens.
     */
    public PythonTokens algorithm(MacAlgorithm algorithm) {
        return new PythonTokens(settings.with(algorithm));
    }

    /** The same settings with other ways to read what serializers signed: {@code fallback_signers=}, in order. */
    public PythonTokens fallbackSigners(FallbackSigner... fallbacks) {
        return new PythonTokens(settings.with(List.of(fallbacks)));
    }

    /**
     * The same settings, reading what the release reads: every spelling of base64, dates in the future before 2.0 or where
     * no age is demanded, {@code NaN}, repeated names, lone surrogates.
     *
     * <p>A token then has unlimited texts: never remember a token by its text. Limits of size, depth and dates stay; the
     * list of what is still refused stands in {@code docs/wire-formats.md}.
     */
    public PythonTokens lenient() {
        return new PythonTokens(settings.leniently());
    }

    /**
     * The same settings, reading dates that count from 2011 (before 1.0) and from 1970 (since) alike; for the time in which
     * both kinds of tokens are about. Written is what the release writes.
     *
     * <p>There is no ambiguity: a number below 1,293,840,000 counts from 2011, because from 1970 it would be a date before
     * the library existed; any other counts from 1970, because from 2011 it would be a date after 2051. From then on a
     * token dated from 2011 looks 41 years old, and is refused rather than believed.
     */
    public PythonTokens acceptingBothEpochs() {
        return new PythonTokens(settings.with(Epoch.EITHER));
    }

    /** {@code Signer}: text and a signature. Values that are not text: {@code signer().as(Codec.bytes())}. */
    public Tokens<String> signer() {
        return Tokens.of(format(Kind.SIGNER), Codec.text());
    }

    /** {@code TimestampSigner}: text, the date and a signature. */
    public DatedTokens<String> timestampSigner() {
        return DatedTokens.of(format(Kind.SIGNER).dated(), Codec.text());
    }

    /** {@code Serializer}: JSON and a signature. */
    public Tokens<JsonNode> serializer() {
        return Tokens.of(format(Kind.SERIALIZER), settings.json());
    }

    /** {@code TimedSerializer}: JSON, the date and a signature. */
    public DatedTokens<JsonNode> timedSerializer() {
        return DatedTokens.of(format(Kind.SERIALIZER).dated(), settings.json());
    }

    /** {@code URLSafeSerializer}: JSON in base64, compressed where that is shorter, and a signature. */
    public Tokens<JsonNode> urlSafeSerializer() {
        return Tokens.of(format(Kind.URL_SAFE), settings.compactJson());
    }

    /** {@code URLSafeTimedSerializer}: the same with the date. */
    public DatedTokens<JsonNode> urlSafeTimedSerializer() {
        return DatedTokens.of(format(Kind.URL_SAFE).dated(), settings.compactJson());
    }

    /**
     * {@code JSONWebSignatureSerializer}: JSON under a header, by default with HS256 before 1.0 and HS512 since.
     *
     * @throws IllegalArgumentException if the release has no JWS classes: since 2.1
     */
    public Tokens<JsonNode> jsonWebSignatureSerializer() {
        return jws().serializer();
    }

    /**
     * {@code TimedJSONWebSignatureSerializer}: the same with the date and the expiry, both in the header.
     *
     * @param expiresIn from signing to expiry, in whole seconds, the rest left out; signing is refused where the expiry would
     *     lie after the year 9999
     * @throws IllegalArgumentException as {@link #jsonWebSignatureSerializer}, or if {@code expiresIn} is negative
     */
    public TimedTokens<JsonNode> timedJsonWebSignatureSerializer(Duration expiresIn) {
        return jws().timedSerializer(expiresIn);
    }

    /**
     * The JWS classes with more settings: algorithm, header.
     *
     * <p>Separator, derivation, digest, algorithm and fallback signers of the settings here do not count for them.
     *
     * @throws IllegalArgumentException as {@link #jsonWebSignatureSerializer}
     */
    public PythonJws jws() {
        if (!settings.release().hasJws()) {
            throw new IllegalArgumentException("itsdangerous has no JWS classes since 2.1; choose 2.0.1 or before");
        }
        return PythonJws.of(settings);
    }

    /** The wire format under {@link #urlSafeTimedSerializer}, for formats that are made of it. */
    public WireFormat urlSafeTimedFormat() {
        return format(Kind.URL_SAFE).dated();
    }

    private PythonFormat format(Kind kind) {
        return PythonFormat.of(settings, kind, kind == Kind.SIGNER ? List.of() : settings.fallbacks());
    }

    PythonSettings settings() {
        return settings;
    }

    /** Release and settings; of the keys their ids. */
    @Override
    public String toString() {
        return settings.toString();
    }
}
