package dev.countermark.apitokens;

import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
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
        return stripes[(int) low & STRIPES - 1].note(high, low, time);
    }

    /** Hands over what was noted, a table at a time, so that a million uses are never copied at once; notes anew. */
    void take(Consumer<Map<String, Instant>> writer) {
        for (var stripe : stripes) {
            var uses = new HashMap<String, Instant>();
            stripe.take().forEach((high, low, second) -> uses.put(id(high, low), Instant.ofEpochSecond(second)));
            if (!uses.isEmpty()) {
                writer.accept(uses);
            }
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

        boolean note(long high, long low, NodeTime time) {
            if (table.get(high, low) != IdTable.ABSENT) {
                return false;
            }
            synchronized (this) {
                if (table.get(high, low) != IdTable.ABSENT) {
                    return false;
                }
                table.put(high, low, time.now().getEpochSecond());
                return true;
            }
        }

        synchronized IdTable take() {
            var taken = table;
            table = new IdTable();
            return taken;
        }
    }
}
