package dev.countermark.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Order of keys under {@code sort_keys}: that of the keys before they become text. */
final class PythonOrder {

    private PythonOrder() {}

    /** @throws IllegalArgumentException where Python finds no order: text beside numbers, null beside anything, NaN */
    static List<Map.Entry<?, ?>> sorted(Set<? extends Map.Entry<?, ?>> members) {
        List<Map.Entry<?, ?>> sorted = new ArrayList<>(members);
        sorted.sort(Comparator.comparing(Map.Entry::getKey, PythonOrder::compare));
        return sorted;
    }

    private static int compare(@Nullable Object a, @Nullable Object b) {
        return a instanceof String first && b instanceof String second
                ? compareCodePoints(first, second)
                : number(a).compareTo(number(b));
    }

    /** Java compares UTF-16 units, by which U+1F600 comes before U+FFFF. */
    private static int compareCodePoints(String a, String b) {
        for (int i = 0; i < a.length() && i < b.length(); i++) {
            int x = a.codePointAt(i);
            int y = b.codePointAt(i);
            if (x != y) {
                return Integer.compare(x, y);
            }
            i += Character.charCount(x) - 1;
        }
        return Integer.compare(a.length(), b.length());
    }

    private static BigDecimal number(@Nullable Object key) {
        if (key instanceof Boolean bool) {
            return bool ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (key instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (key instanceof Double real && Double.isFinite(real)) {
            return new BigDecimal(real);
        }
        if (key instanceof Integer || key instanceof Long || key instanceof Short) {
            return BigDecimal.valueOf(((Number) key).longValue());
        }
        throw new IllegalArgumentException("the keys of one object have no common order");
    }
}
