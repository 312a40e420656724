package dev.countermark.server.serve;

import dev.countermark.apitokens.KeyMismatchException;
import dev.countermark.apitokens.TokenStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says what an operator does about database and keys, where the starter names an application's properties. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseFailure implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (var each = failure; each != null; each = each.getCause()) {
            if (each instanceof StartFailure) {
                return null;
            }
            if (each instanceof KeyMismatchException) {
                return new FailureAnalysis(
                        "The keys here are not those that the database knows: " + each.getMessage() + ".",
                        "Give every node of one database the same file of keys with --keys or COUNTERMARK_KEYS.",
                        each);
            }
            if (each instanceof TokenStoreException) {
                return new FailureAnalysis(
                        "The database of the API tokens cannot be used: " + each.getMessage() + ".",
                        "Mend it, or give another one with --database-url, COUNTERMARK_DATABASE_URL, or"
                                + " countermark.api-tokens.url in the file of --config; user and password of PostgreSQL with"
                                + " COUNTERMARK_DATABASE_USER and COUNTERMARK_DATABASE_PASSWORD.",
                        each);
            }
        }
        return null;
    }
}
