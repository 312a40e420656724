package dev.countermark.server.forward;

import dev.countermark.apitokens.ApiTokenVerdict;
import java.util.function.BiConsumer;

/** Headers of a 200, which say whose token it is. All three are always there. */
final class Granted {

    private static final String SUBJECT = "X-Auth-Subject";
    private static final String SCOPES = "X-Auth-Scopes";
    private static final String TOKEN_ID = "X-Auth-Token-Id";

    private Granted() {}

    static void write(ApiTokenVerdict.Valid token, BiConsumer<String, String> header) {
        header.accept(SUBJECT, HeaderText.encode(token.subject()));
        header.accept(SCOPES, token.scope());
        header.accept(TOKEN_ID, token.id());
    }
}
