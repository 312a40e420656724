package dev.countermark.apitokens;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A part of a list.
 *
 * @param items what it holds
 * @param next cursor of the part behind it; empty at the end
 * @param <T> type of the items
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** Makes one; its items do not change afterwards. */
    public Page {
        items = List.copyOf(items);
    }

    /** The first of what was found, and the cursor of its last item where there is more. */
    static <T> Page<T> first(Stream<T> found, int limit, Function<T, String> cursor) {
        var items = found.limit(limit + 1L).toList();
        if (items.size() <= limit) {
            return new Page<>(items, Optional.empty());
        }
        return new Page<>(items.subList(0, limit), Optional.of(cursor.apply(items.get(limit - 1))));
    }
}
