package dev.countermark.benchmarks.peers;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.impl.jose.JWK;
import io.vertx.ext.auth.impl.jose.JWT;
import java.security.SignatureException;
import java.util.Map;

final class Vertx implements JwtPeer {

    private final JWT jwt;
    private final JWTOptions options = new JWTOptions().setAlgorithm("HS256").setNoTimestamp(true);

    Vertx(byte[] secret) {
        var key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(io.vertx.core.buffer.Buffer.buffer(secret));
        this.jwt = new JWT().addJWK(new JWK(key));
    }

    @Override
    public Object prepare(Map<String, Object> claims) {
        return new JsonObject(claims);
    }

    @Override
    public String sign(Object claims) {
        return jwt.sign((JsonObject) claims, options);
    }

    @Override
    public Object verify(String token) throws SignatureException {
        return jwt.decode(token);
    }
}
