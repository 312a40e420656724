package dev.countermark.server.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A queue that is worked off in steps, evenly: each takes one, or as many as it needs so that nobody waits for more steps
 * than were said. First come, first served; whoever waits already is not added again. For one thread.
 */
final class PacedQueue<T> {

    private final int steps;
    private final Set<T> waiting = new LinkedHashSet<>();
    private int share;

    /**
     * An empty one.
     *
     * @param steps how many steps somebody may wait, at least one
     */
    PacedQueue(int steps) {
        this.steps = steps;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(T one) {
        waiting.add(one);
        // never fewer than before while somebody waits: all who came were counted on it
        share = Math.max(share, (waiting.size() + steps - 1) / steps);
    }

    /** Whose turn it is now. */
    List<T> step() {
        var turn = new ArrayList<T>(share);
        for (var next = waiting.iterator(); turn.size() < share && next.hasNext(); ) {
            turn.add(next.next());
            next.remove();
        }
        if (waiting.isEmpty()) {
            share = 0;
        }
        return turn;
    }
}
