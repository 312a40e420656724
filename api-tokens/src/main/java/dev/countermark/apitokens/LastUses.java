package dev.countermark.apitokens;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which tokens were used since the last writing, and when first: one entry per token and minute.
 *
 * <p>A check that finds its token noted does nothing more. Sixteen tables, so that checks which do note something
 * seldom wait for each other.
 */
final class LastUses {

    private static final int STRIPES = 16;

    private final NodeTime time;
    private final Stripe[] stripes = new Stripe[STRIPES];

    LastUses(NodeTime time) {
        this.time = time;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    void record(long high, long low) {
        note(high, low);
    }

    /** Notes a use; answers whether it is the first since the last writing. */
    boolean note(String id) {
        return note(TokenId.high(id), TokenId.low(id));
    }

    private boolean note(long high, long low) {
        var stripe = stripes[(int) low & STRIPES - 1];
        return !stripe.has(high, low) && stripe.add(high, low, time.now().getEpochSecond());
    }

    /**
     * Hands over what was noted, and notes anew: by the first digit of ids, so that a million uses are never copied at
     * once, and that a store meets them in its own order. What is not written for want of a store is kept.
     */
    void take(Consumer<Map<String, Instant>> writer) {
        var taken = new ArrayList<IdTable>();
        for (var stripe : stripes) {
            taken.add(stripe.take());
        }
        int digit = 0;
        try {
            for (; digit < 16; digit++) {
                var uses = usesOf(taken, digit);
                if (!uses.isEmpty()) {
                    writer.accept(uses);
                }
            }
        } finally {
            for (; digit < 16; digit++) {
                keep(taken, digit);
            }
        }
    }

    private static Map<String, Instant> usesOf(List<IdTable> tables, int digit) {
        var uses = new HashMap<String, Instant>();
        for (var table : tables) {
            table.forEach((high, low, second) -> {
                if (high >>> 60 == digit) {
                    uses.put(id(high, low), Instant.ofEpochSecond(second));
                }
            });
        }
        return uses;
    }

    private void keep(List<IdTable> tables, int digit) {
        for (int i = 0; i < STRIPES; i++) {
            var stripe = stripes[i];
            tables.get(i).forEach((high, low, second) -> {
                if (high >>> 60 == digit) {
                    stripe.add(high, low, second);
                }
            });
        }
    }

    /** Notes anew. */
    void forget() {
        for (var stripe : stripes) {
            stripe.take();
        }
    }

    private static String id(long high, long low) {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    private static final class Stripe {

        private volatile IdTable table = new IdTable();

        boolean has(long high, long low) {
            return table.get(high, low) != IdTable.ABSENT;
        }

        /** Answers whether it was not there. */
        synchronized boolean add(long high, long low, long second) {
            if (has(high, low)) {
                return false;
            }
            table.put(high, low, second);
            return true;
        }

        synchronized IdTable take() {
            var taken = table;
            table = new IdTable();
            return taken;
        }
    }
}
