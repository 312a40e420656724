package dev.countermark.server.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that a browser says another origin asked for ({@code Sec-Fetch-Site}, W3C Fetch Metadata).
 *
 * <p>To {@code SameSite} another port of this machine is the same site, and on a plain connection that port can set our
 * cookies; it is another origin all the same.
 */
final class SameOriginFilter extends OncePerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final Pages pages;

    SameOriginFilter(Pages pages) {
        this.pages = pages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var site = request.getHeader("Sec-Fetch-Site");
        if (!SAFE.contains(request.getMethod()) && site != null && !OURS.contains(site)) {
            Pages.write(
                    pages.problem(
                            request,
                            HttpStatus.FORBIDDEN,
                            "Refused",
                            "Another site sent this form. Nothing was changed."),
                    response);
            return;
        }
        chain.doFilter(request, response);
    }
}
