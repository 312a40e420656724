package dev.countermark.apitokens;

import java.util.List;
import java.util.Optional;

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
}
