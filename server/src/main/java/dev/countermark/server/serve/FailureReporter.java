package dev.countermark.server.serve;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says why the service does not start, and what to do, in plain lines on standard error. */
final class FailureReporter implements FailureAnalysisReporter {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReporter.class);

    @Override
    public void report(FailureAnalysis analysis) {
        LOG.debug("the service does not start", analysis.getCause());
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        err.println("countermark: " + analysis.getDescription().strip());
        var action = analysis.getAction();
        if (action != null && !action.isBlank()) {
            err.println("countermark: " + action.strip());
        }
    }
}
