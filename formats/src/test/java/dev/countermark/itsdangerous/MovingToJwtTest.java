package dev.countermark.itsdangerous;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import dev.countermark.Expired;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.SigningKey;
import dev.countermark.TimedTokens;
import dev.countermark.Valid;
import dev.countermark.json.PythonJson;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.jws.Jwt;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From TimedJSONWebSignatureSerializer to standard claims without a day on which everybody must log in again. */
class MovingToJwtTest {

    private static final String SECRET = "wRk3Vq8ZsT1nYb6Xc0Lm4Jh7Gf2Pd9Qa5Ue-Io_B";
    private static final PythonJson JSON = PythonJson.standard().compact();
    private static final JsonNode VALUE = JSON.loads("{\"id\":\"foobar\"}");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant THEN = Instant.parse("2015-09-24T14:20:23Z");

    private static final TimedTokens<JsonNode> OLD =
            ItsDangerous.V0_24.keys(SECRET).timedJsonWebSignatureSerializer(HOUR);

    private static final Keyring KEYS = Keyring.of(SigningKey.ofText(SECRET));
    private static final Jwt<JsonNode> JWT_TOKENS = Jwt.of(KEYS, JwsAlgorithm.HS256, JSON);
    private static final TimedTokens<JsonNode> NEW = JWT_TOKENS.audience("shop").expiringAfter(HOUR);

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    @Test
    void one_reader_takes_old_and_new_tokens_each_by_its_own_rule() {
        var moving = NEW.alsoReading(OLD);
        var old = OLD.clock(at(THEN)).sign(VALUE);
        var young = moving.clock(at(THEN)).sign(VALUE);

        assertThat(young).isEqualTo(NEW.clock(at(THEN)).sign(VALUE));
        assertThat(moving.clock(at(THEN)).check(young)).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.value()).isEqualTo(VALUE);
            assertThat(valid.reissue()).isFalse();
        });
        assertThat(moving.clock(at(THEN)).check(old)).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.value()).isEqualTo(VALUE);
            assertThat(valid.reissue()).isTrue();
        });

        // Python's class takes a token in the second of its expiry, RFC 7519 does not.
        var last = at(THEN.plus(HOUR));
        assertThat(moving.clock(last).check(old)).isInstanceOf(Valid.class);
        assertThat(moving.clock(last).check(young)).isInstanceOf(Expired.class);
        assertThat(moving.clock(at(THEN.plus(HOUR).plusSeconds(1))).check(old)).isInstanceOf(Expired.class);
    }

    @Test
    void no_expiry_in_either_place_is_refused_unless_a_name_says_otherwise() {
        var moving = NEW.alsoReading(OLD).clock(at(THEN));
        var none = ItsDangerous.V0_24.keys(SECRET).jsonWebSignatureSerializer().sign(VALUE);

        assertThat(moving.check(none))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.EXPIRY_MISSING));
        assertThat(JWT_TOKENS.neverExpiring().verify(none)).isEqualTo(VALUE);
    }

    @Test
    void each_reader_alone_refuses_the_tokens_of_the_other() {
        var old = OLD.clock(at(THEN)).sign(VALUE);
        var young = NEW.clock(at(THEN)).sign(VALUE);

        assertThat(NEW.clock(at(THEN)).check(old)).isInstanceOf(Rejected.class);
        assertThat(JWT_TOKENS.neverExpiring().check(old)).isInstanceOf(Rejected.class);
        assertThat(OLD.clock(at(THEN)).check(young)).isInstanceOf(Rejected.class);
        assertThat(ItsDangerous.V0_24.keys(SECRET).jsonWebSignatureSerializer().check(old))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void a_token_for_somebody_else_is_not_read_as_an_old_one() {
        var other = JWT_TOKENS
                .audience("accounts")
                .expiringAfter(HOUR)
                .clock(at(THEN))
                .sign(VALUE);
        assertThat(NEW.alsoReading(OLD).clock(at(THEN)).check(other)).isInstanceOf(Rejected.class);
    }

    /** Why a move cannot be left to another library: each takes a token that expired years ago. */
    @Test
    void other_libraries_accept_an_expiry_in_the_header_for_ever() throws Exception {
        var old = OLD.clock(at(THEN)).sign(VALUE);
        var secret = SECRET.getBytes(StandardCharsets.UTF_8);
        assertThat(OLD.check(old)).isInstanceOf(Expired.class);

        var nimbus = SignedJWT.parse(old);
        assertThat(nimbus.verify(new MACVerifier(secret))).isTrue();
        new DefaultJWTClaimsVerifier<SecurityContext>(new JWTClaimsSet.Builder().build(), Set.of())
                .verify(nimbus.getJWTClaimsSet(), null);
        assertThat(nimbus.getJWTClaimsSet().getStringClaim("id")).isEqualTo("foobar");

        var jjwt = Jwts.parser().verifyWith(Keys.hmacShaKeyFor(secret)).build().parseSignedClaims(old);
        assertThat(jjwt.getPayload()).containsEntry("id", "foobar");

        var javaJwt = JWT.require(Algorithm.HMAC256(secret)).build().verify(old);
        assertThat(javaJwt.getClaim("id").asString()).isEqualTo("foobar");
    }
}
