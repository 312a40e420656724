package dev.countermark.benchmarks.peers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;

final class Nimbus implements JwtPeer {

    private final JWSSigner signer;
    private final JWSVerifier verifier;
    private final JWSHeader header = new JWSHeader(JWSAlgorithm.HS256);

    Nimbus(byte[] secret) throws JOSEException {
        this.signer = new MACSigner(secret);
        this.verifier = new MACVerifier(secret);
    }

    @Override
    public Object prepare(Map<String, Object> claims) {
        var builder = new JWTClaimsSet.Builder();
        claims.forEach(builder::claim);
        return builder.build();
    }

    @Override
    public String sign(Object claims) throws JOSEException {
        var jwt = new SignedJWT(header, (JWTClaimsSet) claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    @Override
    public Object verify(String token) throws ParseException, JOSEException {
        var jwt = SignedJWT.parse(token);
        if (!jwt.verify(verifier)) {
            throw new JOSEException("signature");
        }
        return jwt.getJWTClaimsSet();
    }
}
