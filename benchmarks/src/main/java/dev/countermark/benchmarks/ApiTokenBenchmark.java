package dev.countermark.benchmarks;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.InMemoryTokenStore;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.StatelessApiTokens;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The check of an API token without a store, and with one that knows so many revocations. */
@State(Scope.Benchmark)
public class ApiTokenBenchmark {

    @Param({"0", "100000"})
    private int revocations;

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final ApiTokens tokens = ApiTokens.start(store, KeySource.of(Samples.KEYS));
    private final StatelessApiTokens stateless = StatelessApiTokens.of(Samples.KEYS);
    private String token = "";
    private String statelessToken = "";
    private String forged = "";

    @Setup
    public void prepare() {
        for (int i = 0; i < revocations; i++) {
            tokens.revoke(
                    tokens.issue(IssueRequest.forSubject("revoked")).token().id());
        }
        token = tokens.issue(IssueRequest.forSubject("user-42").scopes("orders:read"))
                .text();
        forged = Samples.forged(token);
        statelessToken = stateless.issue("user-42", java.util.Set.of("orders:read"));
    }

    @TearDown
    public void close() {
        tokens.close();
    }

    @Benchmark
    public ApiTokenVerdict check() {
        return tokens.check(token);
    }

    @Benchmark
    public ApiTokenVerdict checkForged() {
        return tokens.check(forged);
    }

    @Benchmark
    public ApiTokenVerdict checkStateless() {
        return stateless.check(statelessToken);
    }
}
