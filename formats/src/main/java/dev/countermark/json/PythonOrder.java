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
        if (a instanceof String first && b instanceof String second) {
            return compareCodePoints(first, second);
        }
        int finite = number(a).compareTo(number(b));
        int infinite = Integer.compare(infinity(a), infinity(b));
        return infinite == 0 ? finite : infinite;
    }

    /** 1, -1, or 0 where the key is no infinity. */
    private static int infinity(@Nullable Object key) {
        return key instanceof Double real && Double.isInfinite(real) ? (int) Math.signum(real) : 0;
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

    /** Its value; 0 for an infinity. */
    private static BigDecimal number(@Nullable Object key) {
        if (key instanceof Boolean bool) {
            return bool ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (key instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (key instanceof Double real && !Double.isNaN(real)) {
            return Double.isInfinite(real) ? BigDecimal.ZERO : new BigDecimal(real);
        }
        if (key instanceof Integer || key instanceof Long || key instanceof Short) {
            return BigDecimal.valueOf(((Number) key).longValue());
        }
        throw new IllegalArgumentException("the keys of one object have no common order");
    }
}
