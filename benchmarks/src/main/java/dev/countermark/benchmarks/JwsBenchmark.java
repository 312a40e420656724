package dev.countermark.benchmarks;

import dev.countermark.Codec;
import dev.countermark.Tokens;
import dev.countermark.Verdict;
import dev.countermark.json.Json;
import dev.countermark.jws.Jws;
import dev.countermark.jws.JwsAlgorithm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** HS256 tokens of ours, beside {@link JwtPeerBenchmark}: a record with Jackson, and the same bytes without. */
@State(Scope.Benchmark)
public class JwsBenchmark {

    private final Tokens<Samples.Login> records =
            Jws.of(Samples.KEYS, JwsAlgorithm.HS256, Json.of(Samples.Login.class));
    private final Tokens<Samples.Profile> bigRecords =
            Jws.of(Samples.KEYS, JwsAlgorithm.HS256, Json.of(Samples.Profile.class));
    private final Tokens<byte[]> bytes = Jws.of(Samples.KEYS, JwsAlgorithm.HS256, Codec.bytes());

    private final Samples.Login[] small = new Samples.Login[Samples.RING];
    private final Samples.Profile[] big = new Samples.Profile[Samples.RING];
    private final String[] valid = new String[Samples.RING];
    private final String[] validBig = new String[Samples.RING];
    private final String[] forged = new String[Samples.RING];
    private final byte[][] payloads = new byte[Samples.RING][];

    @Setup
    public void prepare() {
        for (int i = 0; i < Samples.RING; i++) {
            small[i] = Samples.login(i);
            big[i] = Samples.profile(i);
            valid[i] = records.sign(small[i]);
            validBig[i] = bigRecords.sign(big[i]);
            forged[i] = Samples.forged(valid[i]);
            payloads[i] = Json.of(Samples.Login.class).encode(small[i]);
        }
    }

    @Benchmark
    public String signSmall(Cursor cursor) {
        return signSmall(cursor.next());
    }

    String signSmall(int i) {
        return records.sign(small[i]);
    }

    @Benchmark
    public Verdict<Samples.Login> checkSmall(Cursor cursor) {
        return checkSmall(cursor.next());
    }

    Verdict<Samples.Login> checkSmall(int i) {
        return records.check(valid[i]);
    }

    @Benchmark
    public Verdict<Samples.Login> refuseSmall(Cursor cursor) {
        return refuseSmall(cursor.next());
    }

    Verdict<Samples.Login> refuseSmall(int i) {
        return records.check(forged[i]);
    }

    @Benchmark
    public String signBig(Cursor cursor) {
        return bigRecords.sign(big[cursor.next()]);
    }

    @Benchmark
    public Verdict<Samples.Profile> checkBig(Cursor cursor) {
        return bigRecords.check(validBig[cursor.next()]);
    }

    @Benchmark
    public String signBytes(Cursor cursor) {
        return signBytes(cursor.next());
    }

    String signBytes(int i) {
        return bytes.sign(payloads[i]);
    }

    @Benchmark
    public Verdict<byte[]> checkBytes(Cursor cursor) {
        return checkBytes(cursor.next());
    }

    Verdict<byte[]> checkBytes(int i) {
        return bytes.check(valid[i]);
    }
}
