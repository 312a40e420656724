package dev.countermark.frameworks;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates as Python reads them in mail, and so Flask in a session: RFC 822, RFC 850, C's {@code asctime}, and what lies
 * between. Where there is no zone, or {@code -0000}, the time is taken as UTC, as Flask does.
 *
 * <p>Source: CPython 3.11, {@code email/_parseaddr.py}, {@code parsedate_tz}; werkzeug 2.2, {@code http.py},
 * {@code parse_date}. Digits are ASCII only.
 */
final class MailDate {

    private static final String DIGITS = "[+-]?[0-9]{1,9}";
    private static final Pattern NUMBER = Pattern.compile(DIGITS);
    private static final Pattern CLOCK =
            Pattern.compile("(" + DIGITS + ")([:.])(" + DIGITS + ")(?:\\2(" + DIGITS + ")|)");
    private static final Pattern DASHED = Pattern.compile("([^-]*)-([^-]*)-([^-]*)");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> FULL_MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final Map<String, Integer> ZONES = Map.ofEntries(
            Map.entry("UT", 0),
            Map.entry("UTC", 0),
            Map.entry("GMT", 0),
            Map.entry("Z", 0),
            Map.entry("AST", -400),
            Map.entry("ADT", -300),
            Map.entry("EST", -500),
            Map.entry("EDT", -400),
            Map.entry("CST", -600),
            Map.entry("CDT", -500),
            Map.entry("MST", -700),
            Map.entry("MDT", -600),
            Map.entry("PST", -800),
            Map.entry("PDT", -700));

    private MailDate() {}

    /** The date, or null where the text is none. A year below 100 is of the last or this century, as in old mail. */
    static @Nullable OffsetDateTime parseOrNull(String text) {
        var words = words(text);
        if (words.size() < 5) {
            return null;
        }
        var day = words.get(0);
        var month = words.get(1);
        if (month(month) == 0) {
            var other = day;
            day = month;
            month = other;
        }
        var year = words.get(2);
        var time = words.get(3);
        if (year.indexOf(':') > 0) {
            var other = year;
            year = time;
            time = other;
        }
        year = withoutComma(year);
        var zone = words.get(4);
        if (!year.isEmpty() && !Character.isDigit(year.charAt(0))) {
            var other = year;
            year = zone;
            zone = other;
        }
        try {
            return date(number(year), month(month), number(withoutComma(day)), clock(withoutComma(time)), offset(zone));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Day, month, year, time and zone, in whatever order; the day of the week is gone. */
    private static List<String> words(String text) {
        var tokens = new StringTokenizer(text);
        var words = new ArrayList<String>();
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        if (words.isEmpty()) {
            return List.of();
        }
        var first = words.get(0);
        if (first.endsWith(",") || DAYS.contains(first.toLowerCase(Locale.ROOT))) {
            words.remove(0);
        } else {
            words.set(0, first.substring(first.lastIndexOf(',') + 1));
        }
        if (words.size() == 3) {
            var dashed = DASHED.matcher(words.get(0));
            if (dashed.matches()) {
                words.remove(0);
                words.addAll(0, List.of(dashed.group(1), dashed.group(2), dashed.group(3)));
            }
        }
        if (words.size() == 4) {
            var last = words.remove(3);
            int sign = last.indexOf('+') >= 0 ? last.indexOf('+') : last.indexOf('-');
            words.add(sign > 0 ? last.substring(0, sign) : last);
            words.add(sign > 0 ? last.substring(sign) : "");
        }
        return words;
    }

    private static OffsetDateTime date(int year, int month, int day, int[] clock, long offset) {
        int full = year >= 100 ? year : year > 68 ? year + 1900 : year + 2000;
        if (full < 1 || full > 9999 || Math.abs(offset) >= 86_400) {
            throw new DateTimeException("Python has no such date");
        }
        var date = LocalDateTime.of(full, month, day, clock[0], clock[1], clock[2]);
        // Java knows no offsets beyond 18 hours.
        return Math.abs(offset) <= ZoneOffset.MAX.getTotalSeconds()
                ? date.atOffset(ZoneOffset.ofTotalSeconds((int) offset))
                : date.minusSeconds(offset).atOffset(ZoneOffset.UTC);
    }

    /** 1 to 12, or 0. */
    private static int month(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return Math.max(MONTHS.indexOf(lower), FULL_MONTHS.indexOf(lower)) + 1;
    }

    private static int[] clock(String time) {
        var clock = CLOCK.matcher(time);
        if (!clock.matches()) {
            throw new DateTimeException("no time of day");
        }
        return new int[] {
            number(clock.group(1)), number(clock.group(3)), clock.group(4) == null ? 0 : number(clock.group(4))
        };
    }

    /** In seconds; a name that nobody knows is none. */
    private static long offset(String zone) {
        var known = ZONES.get(zone.toUpperCase(Locale.ROOT));
        long number = known != null ? known : NUMBER.matcher(zone).matches() ? number(zone) : 0;
        return number / 100 * 3600 + number % 100 * 60;
    }

    private static String withoutComma(String text) {
        return text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
    }

    private static int number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new DateTimeException("no number");
        }
        return Integer.parseInt(text);
    }
}
