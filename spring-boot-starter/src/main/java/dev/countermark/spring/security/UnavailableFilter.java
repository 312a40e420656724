package dev.countermark.spring.security;

import dev.countermark.apitokens.RevocationsUnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 with {@code Retry-After} (RFC 9110 section 15.6.4) where revocations cannot be heard, around every filter
 * chain and controller.
 *
 * <p>It writes the answer itself: an error handed to the container is dispatched again, and an application that secures
 * its error page would answer 401.
 */
final class UnavailableFilter extends OncePerRequestFilter {

    /** Deeper than any real chain of causes, in case one is circular. */
    private static final int DEEPEST_CAUSE = 20;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException e) {
            var unavailable = unavailable(e);
            if (unavailable.isEmpty() || response.isCommitted()) {
                throw e;
            }
            answer(response, unavailable.get());
        }
    }

    private static Optional<RevocationsUnavailableException> unavailable(@Nullable Throwable thrown) {
        var cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof RevocationsUnavailableException found) {
                return Optional.of(found);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static void answer(HttpServletResponse response, RevocationsUnavailableException unavailable) {
        response.resetBuffer();
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        // Whole seconds, at least one: zero would have clients ask in a loop.
        long seconds = Math.max(1, unavailable.retryAfter().plusMillis(999).toSeconds());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
