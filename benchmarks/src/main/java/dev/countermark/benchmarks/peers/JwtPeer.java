package dev.countermark.benchmarks.peers;

import java.util.Map;

/** A library that signs claims with HS256 and gets them back. */
public interface JwtPeer {

    /** Signs the claims it was made with. */
    String sign() throws Exception;

    /** Verifies a token and parses its claims; throws if the signature is wrong. */
    Object verify(String token) throws Exception;

    /** The peer of a name, with its objects made. */
    static JwtPeer of(String name, byte[] secret, Map<String, Object> claims) throws Exception {
        return switch (name) {
            case "auth0" -> new Auth0(secret, claims);
            case "fusionauth" -> new FusionAuth(secret, claims);
            case "jjwt" -> new Jjwt(secret, claims);
            case "jose4j" -> new Jose4j(secret, claims);
            case "nimbus" -> new Nimbus(secret, claims);
            case "tink" -> new Tink(secret, claims);
            case "vertx" -> new Vertx(secret, claims);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
