package dev.countermark.itsdangerous;

import dev.countermark.Body;
import dev.countermark.Codec;

/** The three ways in which a body stands in a token, each with the salt of its classes. */
enum Kind {
    SIGNER(Body.TEXT, "itsdangerous.Signer"),
    SERIALIZER(Body.TEXT, "itsdangerous"),
    URL_SAFE(Body.URL_SAFE_COMPRESSED, "itsdangerous");

    private final Body body;
    private final String salt;

    Kind(Body body, String salt) {
        this.body = body;
        this.salt = salt;
    }

    Body body() {
        return body;
    }

    /** The one that counts where none was set. */
    byte[] salt() {
        return Codec.text().encode(salt);
    }
}
