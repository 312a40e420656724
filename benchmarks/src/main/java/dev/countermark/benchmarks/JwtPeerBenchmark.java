package dev.countermark.benchmarks;

import dev.countermark.benchmarks.peers.JwtPeer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** HS256 tokens of other libraries: claims to text, text to verified claims, and a forged text refused. */
@State(Scope.Benchmark)
public class JwtPeerBenchmark {

    @Param({"auth0", "fusionauth", "jjwt", "jose4j", "nimbus", "tink", "vertx"})
    private String peer = "vertx";

    @Param({"small", "big"})
    private String claims = "small";

    private JwtPeer library = unprepared();
    private String token = "";
    private String forged = "";

    private static JwtPeer unprepared() {
        return new JwtPeer() {
            @Override
            public String sign() {
                throw new IllegalStateException("not prepared");
            }

            @Override
            public Object verify(String token) {
                throw new IllegalStateException("not prepared");
            }
        };
    }

    @Setup
    public void prepare() throws Exception {
        library = JwtPeer.of(peer, Samples.SECRET, Samples.claims(claims));
        token = library.sign();
        forged = Samples.forged(token);
        library.verify(token);
        if (!refused(library, forged)) {
            throw new IllegalStateException(peer + " accepts a forged token");
        }
    }

    private static boolean refused(JwtPeer library, String token) {
        try {
            library.verify(token);
            return false;
        } catch (Exception e) {
            return true;
        }
    }

    @Benchmark
    public String sign() throws Exception {
        return library.sign();
    }

    @Benchmark
    public Object verify() throws Exception {
        return library.verify(token);
    }

    @Benchmark
    public boolean refuse() {
        return refused(library, forged);
    }
}
