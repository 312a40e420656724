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
    private final JsonObject claims;
    private final JWTOptions options = new JWTOptions().setAlgorithm("HS256").setNoTimestamp(true);

    Vertx(byte[] secret, Map<String, Object> claims) {
        var key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(io.vertx.core.buffer.Buffer.buffer(secret));
        this.jwt = new JWT().addJWK(new JWK(key));
        this.claims = new JsonObject(claims);
    }

    @Override
    public String sign() {
        return jwt.sign(claims, options);
    }

    @Override
    public Object verify(String token) throws SignatureException {
        return jwt.decode(token);
    }
}
