package dev.countermark.benchmarks;

import dev.countermark.Codec;
import dev.countermark.Tokens;
import dev.countermark.json.Json;
import dev.countermark.jws.Jws;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.mac.Hmac;
import dev.countermark.mac.MacFunction;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the signature alone costs, on the very bytes that the tokens of the other benchmarks sign. */
@State(Scope.Thread)
public class FloorBenchmark {

    @Param({"text", "record", "jws"})
    private String signs = "text";

    private final byte[][] signed = new byte[Samples.RING][];
    private final Mac mac = Samples.mac("HmacSHA256");
    private final MacFunction preKeyed = Hmac.SHA256.withKey(Samples.SECRET);

    @Setup
    public void prepare() {
        var texts = Tokens.of(Samples.KEYS, "benchmark", Codec.text()).dated();
        var records = Tokens.of(Samples.KEYS, "benchmark", Json.of(Samples.Login.class))
                .dated();
        var jws = Jws.of(Samples.KEYS, JwsAlgorithm.HS256, Json.of(Samples.Login.class));
        IntFunction<String> token = switch (signs) {
            case "text" -> i -> texts.sign(Samples.text(i));
            case "record" -> i -> records.sign(Samples.login(i));
            default -> i -> jws.sign(Samples.login(i));
        };
        for (int i = 0; i < signed.length; i++) {
            signed[i] = Samples.signed(token.apply(i));
        }
    }

    /** One instance, reused: what a single-threaded program would do. The unit of all ratios. */
    @Benchmark
    public byte[] reusedMac(Cursor cursor) {
        return reusedMac(cursor.next());
    }

    byte[] reusedMac(int i) {
        return mac.doFinal(signed[i]);
    }

    /** Two digests that absorbed the key, cloned: what any number of threads can do. */
    @Benchmark
    public byte[] preKeyedDigests(Cursor cursor) {
        return preKeyedDigests(cursor.next());
    }

    byte[] preKeyedDigests(int i) {
        return preKeyed.compute(signed[i]);
    }
}
