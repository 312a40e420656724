package dev.countermark.server.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems as answers, and those of the API's security chain: each is one constant answer. */
@Component
public final class Problems implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** Media type of problem details: RFC 9457 section 6.1. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private final JsonMapper mapper;

    Problems(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Writes a problem, unless an answer is on its way already. */
    public void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(MEDIA_TYPE);
        var body = mapper.writeValueAsBytes(problem);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * Writes 503 with {@code Retry-After} (RFC 9110 section 15.6.4): nobody knows at the moment, or nothing can be
     * changed; the client may well be right.
     */
    public void unavailable(HttpServletResponse response, Duration retryAfter) throws IOException {
        RetryAfter.set(response, retryAfter);
        write(response, Problem.of(HttpServletResponse.SC_SERVICE_UNAVAILABLE));
    }

    /** 401, with the challenge of RFC 6750 section 3. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        write(response, Problem.of(HttpServletResponse.SC_UNAUTHORIZED));
    }

    /** 403. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        write(response, Problem.of(HttpServletResponse.SC_FORBIDDEN));
    }
}
