package dev.countermark.benchmarks.peers;

import java.util.Map;

/** A library that signs claims with HS256 and gets them back. */
public interface JwtPeer {

    /** A peer before one is chosen. */
    JwtPeer NONE = new JwtPeer() {
        @Override
        public Object prepare(Map<String, Object> claims) {
            throw new IllegalStateException("no peer is chosen");
        }

        @Override
        public String sign(Object claims) {
            throw new IllegalStateException("no peer is chosen");
        }

        @Override
        public Object verify(String token) {
            throw new IllegalStateException("no peer is chosen");
        }
    };

    /** Turns claims into what the library signs; not measured. */
    Object prepare(Map<String, Object> claims);

    /** Signs prepared claims. */
    String sign(Object claims) throws Exception;

    /** Verifies a token and parses its claims; throws if the signature is wrong. */
    Object verify(String token) throws Exception;

    /** Claims of a library that prepares nothing. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object claims) {
        return (Map<String, Object>) claims;
    }

    /** The peer of a name, with its objects made. */
    static JwtPeer of(String name, byte[] secret) throws Exception {
        return switch (name) {
            case "auth0" -> new Auth0(secret);
            case "fusionauth" -> new FusionAuth(secret);
            case "jjwt" -> new Jjwt(secret);
            case "jose4j" -> new Jose4j(secret);
            case "nimbus" -> new Nimbus(secret);
            case "tink" -> new Tink(secret);
            case "vertx" -> new Vertx(secret);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
