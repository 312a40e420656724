package dev.countermark.benchmarks;

import dev.countermark.Codec;
import dev.countermark.Tokens;
import dev.countermark.json.Json;
import java.time.Duration;

/**
 * A call of ours, and what it is divided by. Both take the number of a value, 0 to {@link Samples#RING} - 1.
 *
 * @param floor what ours is divided by: the bare work, or the fastest peer
 * @param ours safe for any number of threads
 * @param close what ends with them
 */
record Pair(Call floor, Call ours, Runnable close) {

    /** A call with one of the values. */
    @FunctionalInterface
    interface Call {
        Object of(int value) throws Exception;
    }

    private Pair(Call floor, Call ours) {
        this(floor, ours, () -> {});
    }

    static Pair of(String name) throws Exception {
        int size = name.replaceAll("\\D", "").isEmpty() ? 0 : Integer.parseInt(name.replaceAll("\\D", ""));
        return switch (name.replaceAll("\\d", "")) {
            case "textSign", "textCheck", "textRefuse" -> text(name);
            case "recordSign", "recordCheck" -> record(name);
            case "apiTokenCheck" -> apiToken();
            case "jwsSign", "jwsCheck", "jwsRefuse", "jwsBytesSign", "jwsBytesCheck" -> jws(name);
            case "signPlainly" -> plainly(size);
            case "digests" -> digests();
            case "deflate" -> deflated(size);
            case "inflate" -> inflated(size);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Pair text(String name) {
        var texts = Tokens.of(Samples.KEYS, "benchmark", Codec.text()).expiringAfter(Duration.ofDays(1));
        var values = new String[Samples.RING];
        var valid = new String[Samples.RING];
        var forged = new String[Samples.RING];
        for (int i = 0; i < Samples.RING; i++) {
            values[i] = Samples.text(i);
            valid[i] = texts.sign(values[i]);
            forged[i] = Samples.forged(valid[i]);
        }
        return new Pair(
                mac(valid),
                switch (name) {
                    case "textSign" -> i -> texts.sign(values[i]);
                    case "textCheck" -> i -> texts.check(valid[i]);
                    default -> i -> texts.check(forged[i]);
                });
    }

    private static Pair record(String name) {
        var records = Tokens.of(Samples.KEYS, "benchmark", Json.of(Samples.Login.class))
                .expiringAfter(Duration.ofDays(1));
        var values = new Samples.Login[Samples.RING];
        var valid = new String[Samples.RING];
        for (int i = 0; i < Samples.RING; i++) {
            values[i] = Samples.login(i);
            valid[i] = records.sign(values[i]);
        }
        return new Pair(
                mac(valid), name.equals("recordSign") ? i -> records.sign(values[i]) : i -> records.check(valid[i]));
    }

    /** The bare signature of the same bytes. Not safe for two threads. */
    private static Call mac(String[] tokens) {
        var mac = Samples.mac("HmacSHA256");
        var signed = new byte[tokens.length][];
        for (int i = 0; i < tokens.length; i++) {
            signed[i] = Samples.signed(tokens[i]);
        }
        return i -> mac.doFinal(signed[i]);
    }

    private static Pair apiToken() {
        var tokens = new ApiTokenBenchmark();
        tokens.prepare();
        return new Pair(tokens::checkStateless, tokens::check, tokens::close);
    }

    /** Beside the peers that the other tables show to be the fastest: Tink at signing, Vert.x at reading. */
    private static Pair jws(String name) throws Exception {
        var ours = new JwsBenchmark();
        ours.prepare();
        var tink = JwtPeerBenchmark.of("tink");
        var vertx = JwtPeerBenchmark.of("vertx");
        return switch (name) {
            case "jwsSign" -> new Pair(tink::sign, ours::signSmall);
            case "jwsBytesSign" -> new Pair(tink::sign, ours::signBytes);
            case "jwsCheck" -> new Pair(vertx::verify, ours::checkSmall);
            case "jwsBytesCheck" -> new Pair(vertx::verify, ours::checkBytes);
            default -> new Pair(vertx::refuse, ours::refuseSmall);
        };
    }

    private static Pair digests() {
        var floor = new FloorBenchmark();
        floor.prepare();
        return new Pair(floor::reusedMac, floor::preKeyedDigests);
    }

    private static Pair plainly(int size) {
        var compression = CompressionBenchmark.of(size);
        return new Pair(compression::signPlain, compression::signCompressing);
    }

    private static Pair deflated(int size) {
        var compression = CompressionBenchmark.of(size);
        return new Pair(compression::bareDeflater, compression::signCompressing);
    }

    private static Pair inflated(int size) {
        var compression = CompressionBenchmark.of(size);
        return new Pair(compression::bareInflater, compression::checkCompressed);
    }
}
