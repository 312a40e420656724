package dev.countermark.server.serve;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says why the service does not start, and what to do, in plain lines on standard error. */
final class FailureReporter implements FailureAnalysisReporter {

    @Override
    public void report(FailureAnalysis analysis) {
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        err.println("countermark: " + analysis.getDescription().strip());
        var action = analysis.getAction();
        if (action != null && !action.isBlank()) {
            err.println("countermark: " + action.strip());
        }
    }
}
