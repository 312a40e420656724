package dev.countermark.benchmarks.peers;

import io.fusionauth.jwt.JWTDecoder;
import io.fusionauth.jwt.JWTEncoder;
import io.fusionauth.jwt.Signer;
import io.fusionauth.jwt.Verifier;
import io.fusionauth.jwt.domain.JWT;
import io.fusionauth.jwt.hmac.HMACSigner;
import io.fusionauth.jwt.hmac.HMACVerifier;
import java.util.Map;

final class FusionAuth implements JwtPeer {

    private final Signer signer;
    private final Verifier verifier;
    private final JWTEncoder encoder = new JWTEncoder();
    private final JWTDecoder decoder = new JWTDecoder();

    FusionAuth(byte[] secret) {
        this.signer = HMACSigner.newSHA256Signer(secret);
        this.verifier = HMACVerifier.newVerifier(secret);
    }

    @Override
    public Object prepare(Map<String, Object> claims) {
        var jwt = new JWT();
        claims.forEach(jwt::addClaim);
        return jwt;
    }

    @Override
    public String sign(Object claims) {
        return encoder.encode((JWT) claims, signer);
    }

    @Override
    public Object verify(String token) {
        return decoder.decode(token, verifier).getAllClaims();
    }
}
