package dev.countermark.server.leaked;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * {@code POST /leaked}: anybody who has found tokens has them revoked: {@code {"tokens": ["cm_…"]}}, or any text with
 * tokens in it.
 *
 * <p>Always 202, a fixed time after the body was read, so that neither the answer nor its time says whether something
 * was genuine. By then it usually is revoked.
 */
@RestController
class LeakedEndpoint {

    private static final long MILLIS_TO_ANSWER = 250;

    private final LeakReports reports;

    LeakedEndpoint(LeakReports reports) {
        this.reports = reports;
    }

    @PostMapping("/leaked")
    DeferredResult<ResponseEntity<Void>> report(HttpServletRequest request) throws IOException {
        var body = request.getInputStream().readAllBytes();
        var answer = new DeferredResult<ResponseEntity<Void>>();
        CompletableFuture.delayedExecutor(MILLIS_TO_ANSWER, TimeUnit.MILLISECONDS)
                .execute(() -> answer.setResult(
                        ResponseEntity.status(HttpStatus.ACCEPTED).build()));
        // Tokens are ASCII, so a byte is a character and a text in another encoding does no harm.
        reports.take(new String(body, StandardCharsets.ISO_8859_1));
        return answer;
    }
}
