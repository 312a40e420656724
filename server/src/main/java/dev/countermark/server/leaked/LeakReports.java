package dev.countermark.server.leaked;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.TokenStoreException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Revokes the tokens that stand in reported texts, off the request path and one report after the other.
 *
 * <p>A text costs a signature check, a genuine token one revocation; it can be revoked only once, so what strangers can
 * have written is bounded by the tokens that have leaked. What cannot be done because the store does not answer is tried
 * again for a minute.
 */
@Component
class LeakReports implements DisposableBean {

    /** Reports a minute, each of at most the longest body. */
    static final int REPORTS_A_MINUTE = 300;

    private static final int TRIES = 13;
    private static final long SECONDS_BETWEEN = 5;

    private static final Logger LOG = LoggerFactory.getLogger(LeakReports.class);

    private final ApiTokens tokens;
    private final ReportedTexts shape;
    private final MinuteBudget budget = new MinuteBudget(REPORTS_A_MINUTE, System.nanoTime());
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "countermark-leaked");
        thread.setDaemon(true);
        return thread;
    });

    LeakReports(ApiTokens tokens) {
        this.tokens = tokens.actingAs("leak report");
        this.shape = new ReportedTexts(tokens.options().prefix());
    }

    /** Takes a report: any text with tokens in it. One above the minute's number is dropped. */
    void take(String report) {
        if (budget.take(System.nanoTime())) {
            worker.execute(() -> revoke(shape.in(report), 1));
        } else {
            LOG.debug("a leak report was dropped: more than {} in a minute", REPORTS_A_MINUTE);
        }
    }

    private void revoke(Set<String> texts, int tried) {
        var left = texts.stream().filter(text -> !isDone(text)).toList();
        if (!left.isEmpty() && tried < TRIES) {
            CompletableFuture.delayedExecutor(SECONDS_BETWEEN, TimeUnit.SECONDS, worker)
                    .execute(() -> revoke(Set.copyOf(left), tried + 1));
        } else if (!left.isEmpty()) {
            LOG.warn("{} leaked tokens were reported and could not be revoked; the store does not answer", left.size());
        }
    }

    private boolean isDone(String text) {
        var verdict = tokens.check(text);
        if (verdict instanceof ApiTokenVerdict.Unavailable) {
            return false;
        }
        if (verdict instanceof ApiTokenVerdict.Valid token) {
            try {
                tokens.revokeText(text);
            } catch (TokenStoreException e) {
                return false;
            }
            LOG.warn("token {} was reported as leaked and is revoked", token.id());
        }
        return true;
    }

    @Override
    public void destroy() {
        worker.shutdownNow();
    }
}
