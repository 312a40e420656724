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

    private JwtPeer library = JwtPeer.NONE;
    private final Object[] prepared = new Object[Samples.RING];
    private final String[] valid = new String[Samples.RING];
    private final String[] forged = new String[Samples.RING];

    /** One peer with the small claims, ready. */
    static JwtPeerBenchmark of(String peer) throws Exception {
        var benchmark = new JwtPeerBenchmark();
        benchmark.peer = peer;
        benchmark.prepare();
        return benchmark;
    }

    @Setup
    public void prepare() throws Exception {
        library = JwtPeer.of(peer, Samples.SECRET);
        for (int i = 0; i < Samples.RING; i++) {
            prepared[i] = library.prepare(Samples.claims(claims, i));
            valid[i] = library.sign(prepared[i]);
            forged[i] = Samples.forged(valid[i]);
            library.verify(valid[i]);
            if (!refused(library, forged[i])) {
                throw new IllegalStateException(peer + " accepts a forged token");
            }
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
    public String sign(Cursor cursor) throws Exception {
        return sign(cursor.next());
    }

    String sign(int i) throws Exception {
        return library.sign(prepared[i]);
    }

    @Benchmark
    public Object verify(Cursor cursor) throws Exception {
        return verify(cursor.next());
    }

    Object verify(int i) throws Exception {
        return library.verify(valid[i]);
    }

    @Benchmark
    public boolean refuse(Cursor cursor) {
        return refuse(cursor.next());
    }

    boolean refuse(int i) {
        return refused(library, forged[i]);
    }
}
