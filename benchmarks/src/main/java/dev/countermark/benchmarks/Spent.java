package dev.countermark.benchmarks;

import java.util.Arrays;
import java.util.Comparator;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Nanoseconds of a round that two things measured turn and turn about took. Of every five turns only the one whose ratio lies in the
 * middle counts: a processor that is taken away for a moment is no part of either.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Spent {

    public long floor;
    public long ours;

    private final Turn[] turns = new Turn[5];
    private int taken;

    private record Turn(long floor, long ours) {

        double ratio() {
            return (double) ours / floor;
        }
    }

    void add(long floor, long ours) {
        turns[taken++] = new Turn(floor, ours);
        if (taken == turns.length) {
            Arrays.sort(turns, Comparator.comparingDouble(Turn::ratio));
            this.floor += turns[taken / 2].floor();
            this.ours += turns[taken / 2].ours();
            taken = 0;
        }
    }
}
