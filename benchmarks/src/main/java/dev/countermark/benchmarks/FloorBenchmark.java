package dev.countermark.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countermark.mac.Hmac;
import dev.countermark.mac.MacFunction;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the signature alone costs, on the bytes that a token of a 30-byte value signs. */
@State(Scope.Thread)
public class FloorBenchmark {

    @Param({"SHA1", "SHA256"})
    private Hmac hmac = Hmac.SHA256;

    private byte[] signed = {};
    private Mac mac = Samples.mac("HmacSHA256");
    private MacFunction preKeyed = Hmac.SHA256.withKey(Samples.SECRET);

    @Setup
    public void prepare() throws GeneralSecurityException {
        signed = (Samples.TEXT + ".ZVPxAA").getBytes(ISO_8859_1);
        var name = "Hmac" + hmac.name();
        mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(Samples.SECRET, name));
        preKeyed = hmac.withKey(Samples.SECRET);
    }

    /** One instance, reused: what a single-threaded program would do. The unit of all ratios. */
    @Benchmark
    public byte[] reusedMac() {
        return mac.doFinal(signed);
    }

    /** Two digests that absorbed the key, cloned: what any number of threads can do. */
    @Benchmark
    public byte[] preKeyedDigests() {
        return preKeyed.compute(signed);
    }
}
