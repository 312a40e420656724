package dev.countermark.server.problems;

import dev.countermark.apitokens.RefusedChangeException;
import dev.countermark.apitokens.RevocationsUnavailableException;
import dev.countermark.apitokens.TokenStoreException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns whatever a controller throws into a problem. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class ErrorAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);
    private static final Duration STORE_AWAY = Duration.ofSeconds(1);

    private final Problems problems;

    ErrorAnswers(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void bad(BadRequestException e, HttpServletResponse response) throws IOException {
        problems.write(response, Problem.of(400).detail(e.getMessage()));
    }

    @ExceptionHandler
    void unreadable(HttpMessageNotReadableException e, HttpServletResponse response) throws IOException {
        problems.write(response, Problem.of(400).detail(UnreadableBody.sentence(e)));
    }

    /** A form where JSON belongs, with control characters in a name: the firewall sees it only when a controller reads. */
    @ExceptionHandler
    void rejected(RequestRejectedException e, HttpServletResponse response) throws IOException {
        problems.write(response, Problem.of(400));
    }

    @ExceptionHandler
    void notFound(NotFoundException e, HttpServletResponse response) throws IOException {
        problems.write(response, Problem.of(404));
    }

    @ExceptionHandler
    void refused(RefusedChangeException e, HttpServletResponse response) throws IOException {
        problems.write(
                response,
                switch (e.why()) {
                    case NO_SUCH_TOKEN -> Problem.of(404);
                    case IDEMPOTENCY_KEY_REUSED -> refusal(422, e);
                    default -> refusal(409, e);
                });
    }

    private static Problem refusal(int status, RefusedChangeException e) {
        return Problem.of(status)
                .kind(e.why().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .detail(e.getMessage());
    }

    @ExceptionHandler
    void unavailable(RevocationsUnavailableException e, HttpServletResponse response) throws IOException {
        problems.unavailable(response, e.retryAfter());
    }

    @ExceptionHandler
    void storeAway(TokenStoreException e, HttpServletResponse response) throws IOException {
        LOG.warn("the store of tokens does not work: {}", e.getMessage());
        problems.unavailable(response, STORE_AWAY);
    }

    @ExceptionHandler
    void other(Exception e, HttpServletResponse response) throws Exception {
        if (e instanceof AccessDeniedException || e instanceof AuthenticationException) {
            // The security chain answers.
            throw e;
        }
        if (e instanceof HttpException refused) {
            // A query that is no UTF-8, for instance: the server reads it when a controller asks.
            problems.write(response, Problem.of(refused.getCode()));
            return;
        }
        if (e instanceof ErrorResponse known) {
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            var problem = Problem.of(known.getStatusCode().value());
            if (e instanceof HttpMediaTypeNotSupportedException other
                    && !other.getSupportedMediaTypes().isEmpty()) {
                problem = problem.detail("send the body with the header Content-Type: "
                        + other.getSupportedMediaTypes().get(0));
            }
            problems.write(response, problem);
            return;
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            // Nobody reads an answer, and nothing here is amiss.
            return;
        }
        // A message might hold what the client sent; where it happened says enough.
        var where = new StringBuilder(e.getClass().getName());
        for (var frame : e.getStackTrace()) {
            where.append("\n    at ").append(frame);
        }
        LOG.error("a request has failed: {}", where);
        problems.write(response, Problem.of(500));
    }
}
