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
    private final JWT jwt = new JWT();

    FusionAuth(byte[] secret, Map<String, Object> claims) {
        this.signer = HMACSigner.newSHA256Signer(secret);
        this.verifier = HMACVerifier.newVerifier(secret);
        claims.forEach(jwt::addClaim);
    }

    @Override
    public String sign() {
        return encoder.encode(jwt, signer);
    }

    @Override
    public Object verify(String token) {
        return decoder.decode(token, verifier).getAllClaims();
    }
}
