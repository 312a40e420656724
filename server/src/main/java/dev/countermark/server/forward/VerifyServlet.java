package dev.countermark.server.forward;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.server.problems.RetryAfter;
import dev.countermark.spring.ApiTokenChecker;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /verify}, which a reverse proxy asks before it lets a request through: nginx by {@code auth_request}, Traefik by
 * ForwardAuth, Envoy by ext_authz.
 *
 * <p>Any method; the body is never read. All three headers of a 200 are always there, so that a proxy which copies
 * them replaces what a client has sent under their names. A servlet and no controller: it is the path that every
 * request of every service behind the proxy takes.
 */
final class VerifyServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient ApiTokenChecker checker;

    VerifyServlet(ApiTokenChecker checker) {
        this.checker = checker;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var text = BearerHeader.of(request);
        if (text == null) {
            Refusal.NO_TOKEN.write(response);
            return;
        }
        var verdict = checker.check(text);
        if (verdict instanceof ApiTokenVerdict.Valid token
                && RequiredScopes.areHeldBy(token, request.getQueryString())) {
            allow(token, response);
            return;
        }
        if (verdict instanceof ApiTokenVerdict.Unavailable unavailable) {
            RetryAfter.set(response, unavailable.retryAfter());
        }
        Refusal.of(verdict).write(response);
    }

    private static void allow(ApiTokenVerdict.Valid token, HttpServletResponse response) {
        Granted.write(token, response::setHeader);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(0);
    }
}
