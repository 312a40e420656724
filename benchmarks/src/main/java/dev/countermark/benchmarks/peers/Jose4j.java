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

    Jose4j(byte[] secret) {
        this.key = new HmacKey(secret);
        this.consumer = new JwtConsumerBuilder().setVerificationKey(key).build();
    }

    @Override
    public Object prepare(Map<String, Object> claims) {
        var prepared = new JwtClaims();
        claims.forEach(prepared::setClaim);
        return prepared;
    }

    @Override
    public String sign(Object claims) throws JoseException {
        var jws = new JsonWebSignature();
        jws.setPayload(((JwtClaims) claims).toJson());
        jws.setKey(key);
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        return jws.getCompactSerialization();
    }

    @Override
    public Object verify(String token) throws InvalidJwtException {
        return consumer.processToClaims(token);
    }
}
