package dev.countermark.benchmarks.peers;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.JWTVerifier;
import java.util.Map;

final class Auth0 implements JwtPeer {

    private final Algorithm algorithm;
    private final JWTVerifier verifier;

    Auth0(byte[] secret) {
        this.algorithm = Algorithm.HMAC256(secret);
        this.verifier = JWT.require(algorithm).build();
    }

    @Override
    public Object prepare(Map<String, Object> claims) {
        return claims;
    }

    @Override
    public String sign(Object claims) {
        return JWT.create().withPayload(JwtPeer.map(claims)).sign(algorithm);
    }

    @Override
    public Object verify(String token) {
        return verifier.verify(token).getClaims();
    }
}
