package dev.countermark.server.page;

import dev.countermark.apitokens.RevocationsUnavailableException;
import dev.countermark.apitokens.TokenStoreException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says who asks, from the session's cookie, anew for every request. */
final class SessionFilter extends OncePerRequestFilter {

    private static final String SESSION = PageSession.class.getName();

    private final PageSessions sessions;
    private final Cookies cookies;
    private final Pages pages;

    SessionFilter(PageSessions sessions, Cookies cookies, Pages pages) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.pages = pages;
    }

    /** The session of a request, if it has one. */
    static @Nullable PageSession session(HttpServletRequest request) {
        return (PageSession) request.getAttribute(SESSION);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith(AdminPage.FILES + "/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<PageSession> session;
        try {
            session = cookies.read(Cookies.Name.SESSION, request).flatMap(sessions::find);
        } catch (RevocationsUnavailableException | TokenStoreException e) {
            Pages.write(pages.unavailable(request, PageErrors.UNAVAILABLE), response);
            return;
        }
        if (session.isPresent()) {
            request.setAttribute(SESSION, session.get());
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                    session.get(), null, AuthorityUtils.createAuthorityList("ROLE_ADMIN")));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
