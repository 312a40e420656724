package dev.countermark.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One thread's place in the ring of values. */
@State(Scope.Thread)
public class Cursor {

    private int at;

    int next() {
        return at++ & Samples.RING - 1;
    }
}
