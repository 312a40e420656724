package dev.countermark.server.forward;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.server.http.PromptAnswer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code /verify} as nearly every proxy asks it, answered on the spot: that path as it is, one token, no body, and a
 * verdict that needs no I/O. Everything else goes the way of all requests, to {@link VerifyServlet}, and is told the same.
 */
@Component
final class PromptVerify implements PromptAnswer {

    private final ApiTokens tokens;

    PromptVerify(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean answer(Request request, Response response, Callback callback) {
        var url = request.getHttpURI();
        if (!"/verify".equals(url.getPath())) {
            return false;
        }
        var text = onlyToken(request);
        if (text == null) {
            return false;
        }
        var verdict = tokens.checkFromMemory(text);
        if (verdict.isEmpty()) {
            return false;
        }
        if (verdict.get() instanceof ApiTokenVerdict.Valid token && RequiredScopes.areHeldBy(token, url.getQuery())) {
            Granted.write(token, response.getHeaders()::put);
            response.write(true, null, callback);
        } else {
            Refusal.of(verdict.get()).write(response, callback);
        }
        return true;
    }

    /** The token, if the request has nothing else that another part of the server would look at. */
    private static @Nullable String onlyToken(Request request) {
        String authorization = null;
        for (var field : request.getHeaders()) {
            if (field.getHeader() == null) {
                continue;
            }
            switch (field.getHeader()) {
                case AUTHORIZATION -> {
                    if (authorization != null) {
                        return null;
                    }
                    authorization = field.getValue();
                }
                case CONTENT_LENGTH, TRANSFER_ENCODING, EXPECT, UPGRADE -> {
                    return null;
                }
                default -> {}
            }
        }
        var text = authorization == null ? null : BearerHeader.text(authorization);
        return text == null || !isVisible(text) ? null : text;
    }

    /** Others are refused by the firewall of Spring Security. */
    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
