package dev.countermark.benchmarks;

import dev.countermark.Codec;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.json.Json;
import dev.countermark.jws.Jws;
import dev.countermark.jws.JwsAlgorithm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** HS256 tokens of ours, beside {@link JwtPeerBenchmark}: a record with Jackson, and the same bytes without. */
@State(Scope.Benchmark)
public class JwsBenchmark {

    private final Tokens<Samples.Login> records =
            Jws.of(Samples.KEYS, JwsAlgorithm.HS256, Json.of(Samples.Login.class));
    private final Tokens<Samples.Profile> bigRecords =
            Jws.of(Samples.KEYS, JwsAlgorithm.HS256, Json.of(Samples.Profile.class));
    private final Tokens<byte[]> bytes = Jws.of(Samples.KEYS, JwsAlgorithm.HS256, Codec.bytes());
    private final byte[] payload = Json.of(Samples.Login.class).encode(Samples.LOGIN);
    private final String token = records.sign(Samples.LOGIN);
    private final String bigToken = bigRecords.sign(Samples.PROFILE);
    private final String forged = Samples.forged(token);

    @Benchmark
    public String signSmall() {
        return records.sign(Samples.LOGIN);
    }

    @Benchmark
    public Verdict<Samples.Login> verifySmall() {
        return records.check(token);
    }

    @Benchmark
    public Verdict<Samples.Login> refuseSmall() {
        return records.check(forged);
    }

    @Benchmark
    public String signBig() {
        return bigRecords.sign(Samples.PROFILE);
    }

    @Benchmark
    public Verdict<Samples.Profile> verifyBig() {
        return bigRecords.check(bigToken);
    }

    @Benchmark
    public String signBytes() {
        return bytes.sign(payload);
    }

    @Benchmark
    public Verdict<byte[]> verifyBytes() {
        return bytes.check(token);
    }
}
