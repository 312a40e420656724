package dev.countermark.cli.conform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The order in which CPython 2.7 shows the members of a dictionary that its {@code json} has read: that of its hash table.
 *
 * <p>Tokens are not affected, but vectors of that runtime list what was read in this order. Source: CPython 2.7,
 * {@code Objects/dictobject.c}, {@code stringobject.c}, {@code string_hash}.
 */
final class Python2Order {

    private static final int SMALLEST_TABLE = 8;

    private Python2Order() {}

    /** The value with the members of every object in that order. */
    static @Nullable Object of(@Nullable Object value) {
        return value instanceof JsonNode node ? of(node) : value;
    }

    private static @Nullable Object of(JsonNode node) {
        if (node.isArray()) {
            var items = new ArrayList<@Nullable Object>();
            node.forEach(item -> items.add(of(item)));
            return items;
        }
        if (!node.isObject()) {
            return node;
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        var ordered = new LinkedHashMap<String, @Nullable Object>();
        for (var name : ordered(members.keySet())) {
            ordered.put(name, of(members.getOrDefault(name, node)));
        }
        return ordered;
    }

    private static List<String> ordered(Iterable<String> names) {
        var table = new @Nullable String[SMALLEST_TABLE];
        int used = 0;
        for (var name : names) {
            insert(table, name);
            used++;
            if (used * 3 >= table.length * 2) {
                table = grown(table, used);
            }
        }
        return present(table);
    }

    private static List<String> present(@Nullable String[] table) {
        var names = new ArrayList<String>();
        for (var name : table) {
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static @Nullable String[] grown(@Nullable String[] table, int used) {
        var larger = new @Nullable String[Math.max(SMALLEST_TABLE, Integer.highestOneBit(used * 4) * 2)];
        present(table).forEach(name -> insert(larger, name));
        return larger;
    }

    private static void insert(@Nullable String[] table, String name) {
        long hash = hash(name);
        long perturb = hash;
        long at = hash;
        while (table[(int) (at & table.length - 1)] != null) {
            at = at * 5 + perturb + 1;
            perturb >>>= 5;
        }
        table[(int) (at & table.length - 1)] = name;
    }

    private static long hash(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        long hash = (long) text.codePointAt(0) << 7;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            hash = 1_000_003 * hash ^ text.codePointAt(i);
        }
        hash ^= text.codePointCount(0, text.length());
        return hash == -1 ? -2 : hash;
    }
}
