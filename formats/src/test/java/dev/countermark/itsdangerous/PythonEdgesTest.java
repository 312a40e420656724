package dev.countermark.itsdangerous;

import static dev.countermark.itsdangerous.PythonAnswers.at;
import static dev.countermark.itsdangerous.PythonAnswers.reason;
import static dev.countermark.itsdangerous.PythonAnswers.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Detail;
import dev.countermark.Expired;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.Zlib;
import dev.countermark.json.PythonJson;
import dev.countermark.mac.KeyDerivation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The first and the last of what the signers and serializers take, and what they say of the rest. */
class PythonEdgesTest {

    private static final PythonTokens KEYS = ItsDangerous.V2_2_0.keys("sekrit");
    private static final JsonNode VALUE = PythonJson.standard().loads("{\"id\":\"foobar\"}");
    private static final long NOW = 1_700_000_000;

    private static PythonTokens python(boolean lenient) {
        return lenient ? KEYS.lenient() : KEYS;
    }

    @Test
    void where_both_epochs_are_accepted_a_number_counts_from_1970_from_the_start_of_2011() {
        var both = KEYS.acceptingBothEpochs().timestampSigner();
        var start = Instant.parse("2011-01-01T00:00:00Z");
        var first = (Valid<?>)
                both.clock(at(NOW)).check(both.clock(at(start.getEpochSecond())).sign("a"));
        assertThat(first.signedAt()).contains(start);
        var year = ItsDangerous.V0_24.keys("sekrit").timestampSigner();
        var last = (Valid<?>) both.clock(at(NOW)).check(year.clock(at(NOW)).sign("a"));
        assertThat(last.signedAt()).contains(Instant.ofEpochSecond(NOW));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_empty_value_has_a_token(boolean lenient) {
        Tokens<String> signer = python(lenient).signer();
        assertThat(signer.verify(signer.sign(""))).isEmpty();
        assertThat(reason(signer.check(".c2lnbmF0dXJl"))).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(reason(signer.check("c2lnbmF0dXJl"))).isEqualTo(Reason.MALFORMED);

        DatedTokens<String> dated = python(lenient).timestampSigner().clock(at(NOW));
        var token = dated.sign("");
        assertThat(dated.verify(token)).isEmpty();
        assertThat(dated.unverified(token).unverifiedValue()).contains("");
        assertThat(dated.unverified(token).unverifiedSignedAt()).contains(Instant.ofEpochSecond(NOW));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_the_newest_key_signed_need_not_be_signed_again(boolean lenient) {
        var old = ItsDangerous.V2_2_0.keys("old").serializer().sign(VALUE);
        var current = ItsDangerous.V2_2_0.keys("new").serializer().sign(VALUE);
        var settings = ItsDangerous.V2_2_0.keys(PythonKeys.oldestFirst("old", "new"));
        var serializer = (lenient ? settings.lenient() : settings).serializer();
        assertThat(((Valid<?>) serializer.check(current)).reissue()).isFalse();
        assertThat(((Valid<?>) serializer.check(old)).reissue()).isTrue();

        var plain = KEYS.serializer().sign(VALUE);
        var hmac = python(lenient).keyDerivation(KeyDerivation.HMAC);
        var fallback = hmac.fallbackSigners(FallbackSigner.defaults()).serializer();
        assertThat(((Valid<?>) fallback.check(plain)).reissue()).isTrue();
        assertThat(((Valid<?>) fallback.check(hmac.serializer().sign(VALUE))).reissue())
                .isFalse();
    }

    @Test
    void a_lenient_reader_bounds_the_future_where_asked() {
        var dated = KEYS.lenient().timestampSigner();
        var token = dated.clock(at(NOW)).sign("a");
        var early = dated.clock(at(NOW - 10));
        assertThat(early.check(token)).isInstanceOf(Valid.class);
        assertThat(early.clockSkew(Duration.ofSeconds(10)).check(token)).isInstanceOf(Valid.class);
        assertThat(reason(early.clockSkew(Duration.ofSeconds(9)).check(token))).isEqualTo(Reason.FROM_THE_FUTURE);
        var later = dated.clock(at(NOW + 10)).clockSkew(Duration.ofSeconds(1));
        assertThat(later.check(token)).isInstanceOf(Valid.class);
    }

    /** What follows a zlib stream Python leaves alone: {@code zlib.decompress}. */
    @Test
    void bytes_behind_a_compressed_payload_are_read_over_only_when_lenient() {
        var zlib = Zlib.compress("\"compressed\"".getBytes(UTF_8));
        var longer = Arrays.copyOf(zlib, zlib.length + 3);
        var settings = KEYS.salt("itsdangerous");
        var exact = settings.signer().sign("." + Base64Url.encode(zlib));
        var token = settings.signer().sign("." + Base64Url.encode(longer));
        assertThat(KEYS.urlSafeSerializer().verify(exact).stringValue()).isEqualTo("compressed");
        assertThat(reason(KEYS.urlSafeSerializer().check(token))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(KEYS.lenient().urlSafeSerializer().verify(token).stringValue())
                .isEqualTo("compressed");
    }

    @Test
    void only_a_lenient_serializer_reads_what_only_python_takes_for_json() {
        var token = KEYS.salt("itsdangerous").signer().sign("NaN");
        assertThat(reason(KEYS.serializer().check(token))).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(said(KEYS.serializer().check(token))).isEqualTo("nothing");
        assertThat(KEYS.lenient().serializer().verify(token).doubleValue()).isNaN();
    }

    /** Writes text and reads none. */
    private static final class Nothing implements Codec<String> {

        @Override
        public byte[] encode(String value) {
            return Codec.text().encode(value);
        }

        @Override
        public String decode(byte[] bytes) {
            throw new IllegalArgumentException("nothing");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_value_that_we_alone_refuse_is_no_error_of_python(boolean lenient) {
        var signer = python(lenient).signer();
        var refused = signer.as(new Nothing()).check(signer.sign("a"));
        assertThat(reason(refused)).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(said(refused)).isEqualTo("nothing");

        var dated = python(lenient).timestampSigner();
        var late = dated.as(new Nothing())
                .clock(at(NOW + 2))
                .check(dated.clock(at(NOW)).sign("a"), Duration.ofSeconds(1));
        assertThat(late).isNotInstanceOf(Expired.class);
        assertThat(said(late)).isEqualTo("SignatureExpired: Signature age 2 > 1 seconds");
    }

    @Test
    void settings_are_shown_and_no_key() {
        var lenient = KEYS.lenient().salt("pepper").algorithm(NoSignature.INSTANCE);
        assertThat(lenient.toString())
                .contains("V2_2_0", "DJANGO_CONCAT", "none", "lenient")
                .doesNotContain("sekrit");
        assertThat(KEYS.toString()).doesNotContain("lenient");
        assertThat(KEYS.urlSafeTimedSerializer().toString()).contains("URL_SAFE, dated", "V2_2_0");
        assertThat(KEYS.urlSafeSerializer().toString()).contains("URL_SAFE").doesNotContain("dated");
        var jws = ItsDangerous.V2_0_1.keys("sekrit").jws();
        assertThat(jws.serializer().toString()).contains("V2_0_1", "HS512").doesNotContain("timed");
        assertThat(jws.timedSerializer(Duration.ofHours(1)).toString()).contains("timed, ", "HS512");
        assertThat(PythonFormat.of(KEYS.settings(), Kind.SIGNER, List.of()).signers())
                .hasToString("[SignatureCheck" + KEYS.settings().keys().newestFirst() + "]");
    }

    @Test
    void what_is_kept_for_a_question_shows_nothing_of_the_token() {
        var token = "{\"sub\":\"ada\"}.signature".getBytes(UTF_8);
        var format = PythonFormat.of(KEYS.settings(), Kind.SERIALIZER, List.of());
        var jws = PythonJwsFormat.untimed(ItsDangerous.V2_0_1.keys("sekrit").jws());
        Detail replay = new Replay(format, token, NOW, Terms.DEFAULT);
        Detail jwsReplay = new JwsReplay(jws, token, NOW, Terms.DEFAULT);
        Detail payload = new PayloadReplay(ItsDangerous.V2_2_0, token);
        assertThat(List.of(replay, jwsReplay, payload)).hasToString("[Replay, JwsReplay, PayloadReplay]");
        assertThat(List.of(replay, jwsReplay, payload))
                .allMatch(detail -> detail.resolved().isPresent());
    }

    /** Written by itsdangerous 2.1.2. */
    @Test
    void the_last_second_of_the_year_9999_is_a_date() {
        var last = Instant.parse("9999-12-31T23:59:59Z");
        var signer = KEYS.timestampSigner().clock(at(last.getEpochSecond()));
        var token = "a.Ov_0QX8.2qmW28c_GUAW1dkalVVgg2m36EU";
        assertThat(signer.sign("a")).isEqualTo(token);
        assertThat(((Valid<?>) signer.check(token)).signedAt()).contains(last);
    }

    @Test
    void a_date_before_a_release_s_epoch_is_refused_with_its_year() {
        var first = ItsDangerous.V0_24.keys("sekrit").timestampSigner().clock(at(0));
        var second = KEYS.timestampSigner().clock(at(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> first.sign("a")).withMessageContaining("from 2011");
        assertThatIllegalArgumentException().isThrownBy(() -> second.sign("a")).withMessageContaining("from 1970");
    }

    /** Its separator is also what marks a compressed payload. Asked of itsdangerous 2.1.2. */
    @Test
    void an_empty_payload_is_not_taken_for_a_compressed_one() {
        var keys = KEYS.salt("x").lenient();
        var token = ".83tQAM5O77fOYdpFDVBlbEQSFF8";
        assertThat(keys.signer().verify(token)).isEmpty();
        assertThat(said(keys.urlSafeSerializer().check(token)))
                .isEqualTo("BadPayload: Could not load the payload because an exception occurred on unserializing the"
                        + " data.");
    }

    /** Release 1.1.0 read what 1.0.0 had signed with SHA-512. Signed so by itsdangerous 2.1.2. */
    @Test
    void release_1_1_reads_what_sha_512_signed_and_others_do_not() {
        var token =
                "{\"id\": \"foobar\"}.kEy-jIK05HULBKkRw5w64LG2CrJIf4qIlVMFIWHddD1FU4bsp94rJiUoubmTZK_O_IP_FFIigQDkB8jdWlsQ7w";
        assertThat(ItsDangerous.V1_1_0.keys("sekrit").serializer().verify(token))
                .isEqualTo(VALUE);
        assertThat(reason(KEYS.serializer().check(token))).isEqualTo(Reason.SIGNATURE_MISMATCH);
    }
}
