package dev.countermark.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What the library set itself, and whether it holds: each ratio from one pass, so from the same minutes; the median of all, and the
 * range they lay in.
 */
final class Targets {

    private static final String PEER = "JwtPeer.";

    private final Collection<Results> files;
    private final StringBuilder lines =
            new StringBuilder("| target | asked | median | passes | |\n| --- | ---: | ---: | ---: | --- |\n");

    private Targets(Collection<Results> files) {
        this.files = files;
    }

    static String table(Collection<Results> files) {
        var targets = new Targets(files);
        targets.tokens();
        targets.peers();
        targets.compression();
        targets.sizes();
        targets.bytes();
        targets.threads();
        return targets.lines.toString();
    }

    private void tokens() {
        ofPasses("the digests of a text token alone, to the Mac", "", pair("digests"), found -> true);
        atMost("text token signed, to the Mac", 1.1, pair("textSign"));
        atMost("text token checked", 1.25, pair("textCheck"));
        atMost("forged text token refused", 1.25, pair("textRefuse"));
        atMost("record signed, Jackson included", 1.8, pair("recordSign"));
        atMost("record checked, Jackson included", 2.5, pair("recordCheck"));
        atMost("API token, 100,000 revocations, to stateless", 1.15, pair("apiTokenCheck"));
    }

    /** Of a call and its floor that were measured turn and turn about. */
    private static ToDoubleFunction<Results> pair(String call) {
        return results -> {
            var row = results.rows().get("Pair.turn " + call);
            return row == null ? Double.NaN : row.toFloor();
        };
    }

    private void peers() {
        atLeast("JWS of a record signed: Tink, the fastest peer", 2.2, "jwsSign");
        atLeast("JWS of a record checked: Vert.x, the fastest peer", 2, "jwsCheck");
        atLeast("JWS of a record signed: JJWT", 6, "sign", "signSmall", "jjwt");
        atLeast("JWS of a record checked: JJWT", 6, "verify", "checkSmall", "jjwt");
        atLeast("JWS of bytes signed: Tink", 3, "jwsBytesSign");
        atLeast("JWS of bytes checked: Vert.x", 3, "jwsBytesCheck");
        atLeast("forged token of 100 bytes refused: Vert.x", 5, "jwsRefuse");
        // What names the fastest above: the peers' own rows, of other minutes.
        atLeast("JWS of a record signed: fastest in its pass", 2.2, "sign", "signSmall", "");
        atLeast("JWS of a record checked: fastest in its pass", 2, "verify", "checkSmall", "");
        atLeast("forged token of 100 bytes refused: fastest in its pass", 5, "refuse", "refuseSmall", "");
    }

    private void compression() {
        for (var size : new String[] {"13", "24"}) {
            atMost(size + " bytes that cannot be shortened, to uncompressed", 1.05, pair("signPlainly" + size));
        }
        for (var size : new String[] {"300", "10000"}) {
            atMost(size + " bytes compressed and signed, to a Deflater", 1.25, pair("deflate" + size));
            atMost(size + " bytes checked and inflated, to an Inflater", 1.6, pair("inflate" + size));
        }
    }

    private void sizes() {
        atMost("1 MB signed, to the Mac", 1.3, "Size.sign 1000000", "Size.reusedMac 1000000");
        atMost("1 MB checked", 1.3, "Size.check 1000000", "Size.reusedMac 1000000");
        atMost("forged 1 MB refused", 1.3, "Size.refuse 1000000", "Size.reusedMac 1000000");
        atMost(
                "1 MB checked, to ten times 100 kB",
                1.3,
                results -> ns(results, "Size.check 1000000") / (10 * ns(results, "Size.check 100000")));
    }

    private void bytes() {
        allocates("text token signed", 700, "TextToken.sign");
        allocates("text token checked", 700, "TextToken.check");
        allocates("record signed", 1300, "RecordToken.signSmall");
        allocates("record checked", 2000, "RecordToken.checkSmall");
    }

    private void threads() {
        for (var call :
                new String[] {"digests", "textSign", "textCheck", "recordSign", "recordCheck", "apiTokenCheck"}) {
            ToDoubleFunction<Results> ratio = results -> {
                var row = results.rows().get("TwoThreads.turn " + call);
                return row == null ? Double.NaN : 2 / row.toFloor();
            };
            if (call.equals("digests")) {
                ofPasses("two threads to one, of bare digests that share nothing", "", ratio, found -> true);
            } else {
                ofPasses("two threads to one: " + call, "≥ 1.80", ratio, found -> found >= 1.8);
            }
        }
    }

    private void atMost(String what, double limit, String ours, String floor) {
        atMost(what, limit, results -> ns(results, ours) / ns(results, floor));
    }

    private void atMost(String what, double limit, ToDoubleFunction<Results> ratio) {
        ofPasses(what, "≤ " + number(limit), ratio, found -> found <= limit);
    }

    /** @param peer its name, or nothing for the fastest */
    private void atLeast(String what, double limit, String theirs, String ours, String peer) {
        ofPasses(
                what,
                "≥ " + number(limit),
                results -> fastest(results, PEER + theirs, peer) / ns(results, "Jws." + ours),
                found -> found >= limit);
    }

    /** Of a call of ours and a peer's that were measured turn and turn about. */
    private void atLeast(String what, double limit, String call) {
        ofPasses(what, "≥ " + number(limit), results -> 1 / pair(call).applyAsDouble(results), found -> found >= limit);
    }

    private void allocates(String what, int limit, String name) {
        single(results -> results.rows().containsKey(name)
                        ? results.rows().get(name).bytes()
                        : Double.NaN)
                .ifPresent(found -> line(
                        "bytes: " + what,
                        String.format(Locale.ROOT, "≤ %,d", limit),
                        String.format(Locale.ROOT, "%,.0f", found),
                        "",
                        found <= limit + 0.5));
    }

    private void ofPasses(String what, String asked, ToDoubleFunction<Results> ratio, DoublePredicate holds) {
        single(ratio).ifPresent(median -> {
            var all = ratios(ratio).summaryStatistics();
            var range = all.getCount() == 1 ? "" : number(all.getMin()) + "–" + number(all.getMax());
            line(what, asked, number(median), range, holds.test(median));
        });
    }

    private OptionalDouble single(ToDoubleFunction<Results> ratio) {
        return Results.median(ratios(ratio));
    }

    private DoubleStream ratios(ToDoubleFunction<Results> ratio) {
        return files.stream()
                .filter(results -> results.threads() == 1)
                .mapToDouble(ratio)
                .filter(Double::isFinite);
    }

    private static double fastest(Results results, String call, String peer) {
        return results.rows().entrySet().stream()
                .filter(row -> row.getKey().startsWith(call + " ")
                        && row.getKey().contains(" small")
                        && row.getKey().contains(peer))
                .mapToDouble(row -> row.getValue().nanoseconds())
                .min()
                .orElse(Double.NaN);
    }

    private static double ns(Results results, String name) {
        var row = results.rows().get(name);
        return row == null ? Double.NaN : row.nanoseconds();
    }

    private static String number(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    private void line(String what, String asked, String median, String range, boolean holds) {
        lines.append("| ")
                .append(what)
                .append(" | ")
                .append(asked)
                .append(" | ")
                .append(median)
                .append(" | ")
                .append(range)
                .append(" | ")
                .append(asked.isEmpty() ? "" : holds ? "holds" : "**missed**")
                .append(" |\n");
    }
}
