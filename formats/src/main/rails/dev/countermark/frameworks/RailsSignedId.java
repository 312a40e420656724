package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Verdict;
import dev.countermark.mac.Hmac;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The signed id of a record of Rails: {@code user.signed_id(purpose: :password_reset)} and
 * {@code User.find_signed(text, purpose: :password_reset)}.
 *
 * <pre>{@code
 * var ids = RailsSignedId.of(Keyring.of(SigningKey.weakText(secretKeyBase)), "User").purpose("password_reset");
 * JsonNode id = ids.read(text);
 * }</pre>
 *
 * <p>Keys: the application's {@code secret_key_base}, as text, unless {@code signed_id_verifier_secret} is set. Source:
 * activerecord 6.1.7 to 8.1.3.1, {@code signed_id.rb}; activesupport, {@code inflector/methods.rb}. Immutable and safe for
 * many threads.
 */
public final class RailsSignedId {

    private static final String SALT = "active_record/signed_id";
    private static final Pattern WORD_AFTER_CAPITALS =
            Pattern.compile("(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z\\d])(?=[A-Z])");

    private final Keyring secrets;
    private final String model;
    private final RailsSettings settings;
    private final Limits limits;
    private final RailsMessageVerifier<JsonNode> verifier;

    private RailsSignedId(Keyring secrets, String model, RailsSettings settings, Limits limits) {
        this.secrets = secrets;
        this.model = model;
        this.settings = settings;
        this.limits = limits;
        this.verifier = new RailsMessageVerifier<>(settings, ForeignJson.RUBY, limits, List.of());
    }

    /**
     * Ids of one model's records.
     *
     * @param secrets texts of {@code secret_key_base}, from which the keys are derived
     * @param model name of its class, or of the base class where several share a table: {@code Admin::User}
     * @throws IllegalArgumentException if the name holds a lone surrogate
     */
    public static RailsSignedId of(Keyring secrets, String model) {
        var keys = RailsKeyGenerator.of(RailsRelease.LATEST).keys(secrets, SALT);
        var settings = RailsSettings.of(keys, RailsSerializer.JSON)
                .digest(Hmac.SHA256)
                .asUrlSafe(true)
                .purpose(underscored(model), false);
        return new RailsSignedId(secrets, underscored(model), settings, Limits.DEFAULT);
    }

    /** {@code String#underscore}: {@code Admin::BlogPost} becomes {@code admin/blog_post}. */
    private static String underscored(String model) {
        var words = WORD_AFTER_CAPITALS.matcher(model.replace("::", "/")).replaceAll("_");
        return words.replace('-', '_').toLowerCase(Locale.ROOT);
    }

    private RailsSignedId with(RailsSettings settings) {
        return new RailsSignedId(secrets, model, settings, limits);
    }

    /** The same of another release: with its {@code key_generator_hash_digest_class}, and url-safe since 7.2. */
    public RailsSignedId release(RailsRelease release) {
        var keys = RailsKeyGenerator.of(release).keys(secrets, SALT);
        return with(settings.keys(keys).release(release).asUrlSafe(release.compareTo(RailsRelease.V7_2) >= 0));
    }

    /** The same with another {@code key_generator_hash_digest_class} than the release's. */
    public RailsSignedId keyDigest(Hmac hmac) {
        return with(settings.keys(
                RailsKeyGenerator.of(settings.release()).digest(hmac).keys(secrets, SALT)));
    }

    /**
     * The same for one purpose: {@code purpose: :password_reset}; a blank one is none, as by default.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public RailsSignedId purpose(String purpose) {
        return with(settings.purpose(purpose.isBlank() ? model : model + "/" + purpose, false));
    }

    /** The same, writing the envelope of load_defaults 7.1. */
    public RailsSignedId newEnvelope() {
        return with(settings.withNewEnvelope());
    }

    /** The same, reading all that Rails reads; see {@link RailsMessageVerifier#lenient}. */
    public RailsSignedId lenient() {
        return with(settings.asLenient());
    }

    /** The same by another clock; the default is the system's. */
    public RailsSignedId clock(Clock clock) {
        return with(settings.clock(clock));
    }

    /** The same under other limits of size. */
    public RailsSignedId limits(Limits limits) {
        return new RailsSignedId(secrets, model, settings, limits);
    }

    /** Valid, expired or rejected. */
    public Verdict<JsonNode> check(String signedId) {
        return verifier.check(signedId);
    }

    /**
     * The id: a number or a text, or an array of them for a composite key.
     *
     * @throws ExpiredTokenException if it is too old
     * @throws BadTokenException if no key made the digest, it is of another model or purpose, or cannot be read
     */
    public JsonNode read(String signedId) {
        return verifier.read(signedId);
    }

    /**
     * The signed id, without an expiry.
     *
     * @param id a number or a text, or an array of them for a composite key
     * @throws IllegalArgumentException if JSON has no form for it, or it is too long for {@link #limits}
     */
    public String write(JsonNode id) {
        return verifier.write(id);
    }

    /**
     * The signed id, good until {@code expiresAt}.
     *
     * @param expiresAt in whole milliseconds, of the years 1970 to 9999
     * @throws IllegalArgumentException as {@link #write(JsonNode)}, or if the expiry lies outside those years
     */
    public String write(JsonNode id, Instant expiresAt) {
        return verifier.write(id, expiresAt);
    }

    /**
     * The signed id, good for so long: {@code expires_in:}.
     *
     * @param lifetime in whole milliseconds; where it is not positive, the id is too old when it is written
     * @throws IllegalArgumentException as {@link #write(JsonNode, Instant)}
     */
    public String write(JsonNode id, Duration lifetime) {
        return verifier.write(id, lifetime);
    }

    @Override
    public String toString() {
        return "RailsSignedId[" + settings + "]";
    }
}
