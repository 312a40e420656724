package dev.countermark.server.page;

import dev.countermark.apitokens.OutcomeUnknownException;
import dev.countermark.apitokens.RefusedChangeException;
import dev.countermark.apitokens.RevocationsUnavailableException;
import dev.countermark.apitokens.TokenStoreException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.eclipse.jetty.http.HttpException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What the page says when it cannot do what was asked. */
@ControllerAdvice(basePackageClasses = PageErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageErrors {

    static final String UNAVAILABLE =
            "This node cannot hear revocations, so it does not know which tokens are still good, and says nothing rather than"
                    + " something stale. It asks again all the time. If this lasts, look at the database; after a restore,"
                    + " answer once with: countermark tokens restored";

    private final Pages pages;

    PageErrors(Pages pages) {
        this.pages = pages;
    }

    @ExceptionHandler({RevocationsUnavailableException.class, TokenStoreException.class})
    ResponseEntity<String> unavailable(HttpServletRequest request) {
        return pages.unavailable(request, UNAVAILABLE);
    }

    @ExceptionHandler(OutcomeUnknownException.class)
    ResponseEntity<String> unknown(HttpServletRequest request) {
        return pages.unavailable(
                request, "The database did not confirm the change: it was made or not. Look, and repeat it.");
    }

    @ExceptionHandler(RefusedChangeException.class)
    ResponseEntity<String> refused(HttpServletRequest request, RefusedChangeException why) {
        return pages.problem(request, HttpStatus.CONFLICT, "Not changed", sentence(why));
    }

    /** A query or a form that is no UTF-8, or one that {@link PageParameters} refuses. */
    @ExceptionHandler({HttpException.IllegalStateException.class, RequestRejectedException.class})
    ResponseEntity<String> unreadable(HttpServletRequest request) {
        return pages.problem(request, HttpStatus.BAD_REQUEST, "Not understood", "This address or form cannot be read.");
    }

    /** The library's messages are parts of a sentence. */
    static String sentence(RuntimeException why) {
        var message = String.valueOf(why.getMessage());
        return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
    }
}
