package dev.countermark.benchmarks.peers;

import java.util.Map;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

final class Jose4j implements JwtPeer {

    private final HmacKey key;
    private final JwtConsumer consumer;
    private final JwtClaims claims = new JwtClaims();

    Jose4j(byte[] secret, Map<String, Object> claims) {
        this.key = new HmacKey(secret);
        this.consumer = new JwtConsumerBuilder().setVerificationKey(key).build();
        claims.forEach(this.claims::setClaim);
    }

    @Override
    public String sign() throws JoseException {
        var jws = new JsonWebSignature();
        jws.setPayload(claims.toJson());
        jws.setKey(key);
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        return jws.getCompactSerialization();
    }

    @Override
    public Object verify(String token) throws InvalidJwtException {
        return consumer.processToClaims(token);
    }
}
