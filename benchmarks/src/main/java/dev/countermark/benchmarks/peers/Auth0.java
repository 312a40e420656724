package dev.countermark.benchmarks.peers;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.JWTVerifier;
import java.util.Map;

final class Auth0 implements JwtPeer {

    private final Algorithm algorithm;
    private final JWTVerifier verifier;
    private final Map<String, Object> claims;

    Auth0(byte[] secret, Map<String, Object> claims) {
        this.algorithm = Algorithm.HMAC256(secret);
        this.verifier = JWT.require(algorithm).build();
        this.claims = claims;
    }

    @Override
    public String sign() {
        return JWT.create().withPayload(claims).sign(algorithm);
    }

    @Override
    public Object verify(String token) {
        return verifier.verify(token).getClaims();
    }
}
