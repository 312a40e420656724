package dev.countermark.server.serve;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What stops the start: what is wrong, and what to do. Holds no key. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    StartFailure(String description, String action) {
        super(description);
        this.action = action;
    }

    /** Hands both to whoever reports failures. */
    static final class Analyzer extends AbstractFailureAnalyzer<StartFailure> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, StartFailure cause) {
            return new FailureAnalysis(cause.getMessage(), cause.action, cause);
        }
    }
}
