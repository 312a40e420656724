package dev.countermark.encoding;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few objects that are dear to make, for whoever comes next: taken out whole and put back when clean.
 *
 * <p>Nobody waits. Who finds none makes one; who finds no place for one lets it go. So it suits threads of any kind and number.
 */
final class Spares<T> {

    private static final int MOST = 16;

    private final AtomicReferenceArray<T> places =
            new AtomicReferenceArray<>(Math.min(MOST, Runtime.getRuntime().availableProcessors()));
    private final Supplier<T> maker;

    Spares(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        for (int i = 0; i < places.length(); i++) {
            if (places.getPlain(i) != null) {
                var spare = places.getAndSet(i, null);
                if (spare != null) {
                    return spare;
                }
            }
        }
        return maker.get();
    }

    /** Whether there was a place; otherwise the object is still the caller's. */
    boolean put(T spare) {
        for (int i = 0; i < places.length(); i++) {
            if (places.getPlain(i) == null && places.compareAndSet(i, null, spare)) {
                return true;
            }
        }
        return false;
    }
}
