package dev.countermark.jws;

import static dev.countermark.jws.JwsKeysForTests.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.TimedTokens;
import dev.countermark.json.PythonJson;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Tokens go to and from other libraries for the JVM, with each algorithm that they share. */
@SuppressWarnings("JavaUtilDate") // Theirs is the interface.
class OtherLibrariesTest {

    private static final SigningKey KEY = key(1);
    private static final PythonJson JSON = PythonJson.standard().compact();
    private static final JsonNode VALUE = JSON.loads("{\"sub\":\"ada\",\"role\":\"caf\u00e9\"}");

    private final Instant later = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(600);

    private static TimedTokens<JsonNode> tokens(JwsAlgorithm algorithm) {
        return Jwt.of(Keyring.of(KEY), algorithm, JSON)
                .issuer("accounts")
                .audience("shop")
                .expiringAfter(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @EnumSource
    void nimbus_reads_ours_and_we_read_theirs(JwsAlgorithm algorithm) throws Exception {
        var ours = SignedJWT.parse(tokens(algorithm).sign(VALUE));
        assertThat(ours.verify(new MACVerifier(KEY.revealSecret()))).isTrue();
        var read = ours.getJWTClaimsSet();
        assertThat(read.getIssuer()).isEqualTo("accounts");
        assertThat(read.getAudience()).containsExactly("shop");
        assertThat(read.getSubject()).isEqualTo("ada");
        assertThat(read.getStringClaim("role")).isEqualTo("caf\u00e9");
        assertThat(read.getExpirationTime().getTime() - read.getIssueTime().getTime())
                .isEqualTo(600_000);

        var theirs = new SignedJWT(
                new JWSHeader(com.nimbusds.jose.JWSAlgorithm.parse(algorithm.name())),
                new JWTClaimsSet.Builder()
                        .subject("ada")
                        .claim("role", "caf\u00e9")
                        .issuer("accounts")
                        .audience("shop")
                        .issueTime(new Date())
                        .expirationTime(Date.from(later))
                        .build());
        theirs.sign(new MACSigner(KEY.revealSecret()));
        var verdict = tokens(algorithm).check(theirs.serialize());
        assertThat(verdict.orThrow()).isEqualTo(VALUE);
        assertThat(verdict.detail(Claims.class).flatMap(Claims::expiresAt)).contains(later);
    }

    @ParameterizedTest
    @EnumSource
    void jjwt_reads_ours_and_we_read_theirs(JwsAlgorithm algorithm) {
        var key = Keys.hmacShaKeyFor(KEY.revealSecret());
        // JJWT chooses by the length of the key unless told; the reader goes by the header.
        var read = Jwts.parser()
                .verifyWith(key)
                .requireIssuer("accounts")
                .requireAudience("shop")
                .build()
                .parseSignedClaims(tokens(algorithm).sign(VALUE));
        assertThat(read.getPayload().getSubject()).isEqualTo("ada");
        assertThat(read.getPayload()).containsEntry("role", "caf\u00e9");
        assertThat(read.getHeader().getAlgorithm()).isEqualTo(algorithm.name());

        var mac = switch (algorithm) {
            case HS256 -> Jwts.SIG.HS256;
            case HS384 -> Jwts.SIG.HS384;
            case HS512 -> Jwts.SIG.HS512;
        };
        var theirs = Jwts.builder()
                .subject("ada")
                .claim("role", "caf\u00e9")
                .issuer("accounts")
                .audience()
                .add("shop")
                .and()
                .issuedAt(new Date())
                .expiration(Date.from(later))
                .signWith(key, mac)
                .compact();
        var verdict = tokens(algorithm).check(theirs);
        assertThat(verdict.orThrow()).isEqualTo(VALUE);
        assertThat(verdict.detail(Claims.class).flatMap(Claims::expiresAt)).contains(later);
    }

    @ParameterizedTest
    @EnumSource
    void java_jwt_reads_ours_and_we_read_theirs(JwsAlgorithm algorithm) {
        var mac = switch (algorithm) {
            case HS256 -> Algorithm.HMAC256(KEY.revealSecret());
            case HS384 -> Algorithm.HMAC384(KEY.revealSecret());
            case HS512 -> Algorithm.HMAC512(KEY.revealSecret());
        };
        var read = JWT.require(mac)
                .withIssuer("accounts")
                .withAudience("shop")
                .build()
                .verify(tokens(algorithm).sign(VALUE));
        assertThat(read.getSubject()).isEqualTo("ada");
        assertThat(read.getClaim("role").asString()).isEqualTo("caf\u00e9");

        var theirs = JWT.create()
                .withSubject("ada")
                .withClaim("role", "caf\u00e9")
                .withIssuer("accounts")
                .withAudience("shop")
                .withIssuedAt(Instant.now())
                .withExpiresAt(later)
                .sign(mac);
        var verdict = tokens(algorithm).check(theirs);
        // java-jwt writes its members in the order of a hash table.
        assertThat(verdict.orThrow().get("sub").stringValue()).isEqualTo("ada");
        assertThat(verdict.orThrow().get("role").stringValue()).isEqualTo("caf\u00e9");
        assertThat(verdict.orThrow().size()).isEqualTo(2);
        assertThat(verdict.detail(Claims.class).flatMap(Claims::expiresAt)).contains(later);
    }
}
