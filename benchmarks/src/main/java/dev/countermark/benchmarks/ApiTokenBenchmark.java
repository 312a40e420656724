package dev.countermark.benchmarks;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.InMemoryTokenStore;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.StatelessApiTokens;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The check of an API token without a store, and with one that knows 100,000 revocations, a hundredth of them of whole
 * subjects.
 */
@State(Scope.Benchmark)
public class ApiTokenBenchmark {

    private static final int REVOCATIONS = 100_000;

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final ApiTokens tokens = ApiTokens.start(store, KeySource.of(Samples.KEYS));
    private final StatelessApiTokens stateless = StatelessApiTokens.of(Samples.KEYS);
    private final String[] valid = new String[Samples.RING];
    private final String[] forged = new String[Samples.RING];
    private final String[] withoutStore = new String[Samples.RING];

    @Setup
    public void prepare() {
        for (int i = 0; i < REVOCATIONS / 100; i++) {
            tokens.revokeSubject("subject-" + i);
        }
        for (int i = REVOCATIONS / 100; i < REVOCATIONS; i++) {
            tokens.revoke(
                    tokens.issue(IssueRequest.forSubject("revoked")).token().id());
        }
        for (int i = 0; i < Samples.RING; i++) {
            var subject = "user-" + (1000 + i);
            valid[i] = tokens.issue(IssueRequest.forSubject(subject).scopes("orders:read"))
                    .text();
            forged[i] = Samples.forged(valid[i]);
            withoutStore[i] = stateless.issue(subject, Set.of("orders:read"));
            if (!(tokens.check(valid[i]) instanceof ApiTokenVerdict.Valid)
                    || !(stateless.check(withoutStore[i]) instanceof ApiTokenVerdict.Valid)
                    || !(tokens.check(forged[i]) instanceof ApiTokenVerdict.Rejected)) {
                throw new IllegalStateException("these are not the tokens to be measured");
            }
        }
    }

    @TearDown
    public void close() {
        tokens.close();
    }

    @Benchmark
    public ApiTokenVerdict check(Cursor cursor) {
        return check(cursor.next());
    }

    ApiTokenVerdict check(int i) {
        return tokens.check(valid[i]);
    }

    @Benchmark
    public ApiTokenVerdict refuse(Cursor cursor) {
        return tokens.check(forged[cursor.next()]);
    }

    @Benchmark
    public ApiTokenVerdict checkStateless(Cursor cursor) {
        return checkStateless(cursor.next());
    }

    ApiTokenVerdict checkStateless(int i) {
        return stateless.check(withoutStore[i]);
    }
}
