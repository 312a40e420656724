package dev.countermark.benchmarks.peers;

import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

final class Jjwt implements JwtPeer {

    private final SecretKey key;
    private final JwtParser parser;

    Jjwt(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.parser = Jwts.parser().verifyWith(Keys.hmacShaKeyFor(secret)).build();
    }

    @Override
    public Object prepare(Map<String, Object> claims) {
        return claims;
    }

    @Override
    public String sign(Object claims) {
        return Jwts.builder()
                .claims(JwtPeer.map(claims))
                .signWith(key, Jwts.SIG.HS256)
                .compact();
    }

    @Override
    public Object verify(String token) {
        return parser.parseSignedClaims(token).getPayload();
    }
}
