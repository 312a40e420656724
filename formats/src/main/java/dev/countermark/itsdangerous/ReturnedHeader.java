package dev.countermark.itsdangerous;

import dev.countermark.Detail;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header of an accepted JWS token: what Python's {@code loads(token, return_header=True)} returns beside the value.
 *
 * <pre>{@code
 * verdict.detail(ReturnedHeader.class).map(returned -> returned.header().get("x"))
 * }</pre>
 *
 * <p>Source: itsdangerous 1.1.0, {@code jws.py}, {@code JSONWebSignatureSerializer.loads}.
 *
 * @param header its members, in the order of the token; at most 4,096 bytes of JSON
 */
public record ReturnedHeader(ObjectNode header) implements Detail {

    /** Nothing of the header. */
    @Override
    public String toString() {
        return "ReturnedHeader";
    }
}
