package dev.countermark.server.serve;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says of what nobody else explains the first line of its cause, where Spring would print a stack trace. */
@Order(Ordered.LOWEST_PRECEDENCE)
final class OtherFailure implements FailureAnalyzer {

    private static final int LONGEST = 300;

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage() == null ? "" : cause.getMessage().strip();
        var line = message.lines().findFirst().orElse("");
        return new FailureAnalysis(
                "The service cannot start: " + cause.getClass().getSimpleName() + ": "
                        + line.substring(0, Math.min(LONGEST, line.length())),
                "Look at the settings in the file of --config and in the environment. Where it happened:"
                        + " logging.level.dev.countermark.server.serve=DEBUG",
                failure);
    }
}
