package dev.countermark.benchmarks;

import dev.countermark.DatedTokens;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonTokens;
import dev.countermark.json.Json;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The classes of itsdangerous with its own defaults (SHA-1), to be read beside Python's figures. */
@State(Scope.Benchmark)
public class ItsDangerousBenchmark {

    private final PythonTokens python = ItsDangerous.V2_2_0.keys("a secret of more than twenty characters");
    private final DatedTokens<String> texts = python.timestampSigner();
    private final DatedTokens<Samples.Login> records =
            python.urlSafeTimedSerializer().as(Json.of(Samples.Login.class));
    private final String[] values = new String[Samples.RING];
    private final String[] signed = new String[Samples.RING];
    private final Samples.Login[] logins = new Samples.Login[Samples.RING];
    private final String[] dumped = new String[Samples.RING];

    @Setup
    public void prepare() {
        for (int i = 0; i < Samples.RING; i++) {
            values[i] = Samples.text(i);
            signed[i] = texts.sign(values[i]);
            logins[i] = Samples.login(i);
            dumped[i] = records.sign(logins[i]);
        }
    }

    @Benchmark
    public String signText(Cursor cursor) {
        return texts.sign(values[cursor.next()]);
    }

    @Benchmark
    public Verdict<String> checkText(Cursor cursor) {
        return texts.check(signed[cursor.next()]);
    }

    @Benchmark
    public String signRecord(Cursor cursor) {
        return records.sign(logins[cursor.next()]);
    }

    @Benchmark
    public Verdict<Samples.Login> checkRecord(Cursor cursor) {
        return records.check(dumped[cursor.next()]);
    }
}
