package dev.countermark.frameworks;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates as {@code Sun, 03 Feb 2013 04:05:06 GMT}: written so, and read with the liberties of mail that sessions can hold.
 *
 * <p>Source: CPython 3.11, {@code email/utils.py}, {@code format_datetime}; {@code email/_parseaddr.py}.
 */
final class HttpDate {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final Pattern DATE = Pattern.compile("(?:[A-Za-z]{3}, *)?(\\d{1,2}) ([A-Za-z]{3}) (\\d{1,4})"
            + " (\\d{1,2}):(\\d{2})(?::(\\d{2}))? (GMT|UTC|UT|[+-]\\d{4})");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private HttpDate() {}

    static String format(OffsetDateTime date) {
        return FORMAT.format(date.withOffsetSameInstant(ZoneOffset.UTC));
    }

    /** The date, or null where the text is none. A year below 100 is of the last or this century, as in old mail. */
    static @Nullable OffsetDateTime parseOrNull(String text) {
        var matcher = DATE.matcher(text);
        int month = matcher.matches() ? MONTHS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) : -1;
        if (month < 0) {
            return null;
        }
        int year = Integer.parseInt(matcher.group(3));
        int century = year >= 100 ? 0 : year > 68 ? 1900 : 2000;
        var seconds = matcher.group(6);
        try {
            return LocalDateTime.of(
                            year + century,
                            month + 1,
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(4)),
                            Integer.parseInt(matcher.group(5)),
                            seconds == null ? 0 : Integer.parseInt(seconds))
                    .atOffset(offset(matcher.group(7)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ZoneOffset offset(String zone) {
        if (Character.isLetter(zone.charAt(0))) {
            return ZoneOffset.UTC;
        }
        int hours = Integer.parseInt(zone, 1, 3, 10);
        int minutes = Integer.parseInt(zone, 3, 5, 10);
        int seconds = hours * 3600 + minutes * 60;
        return ZoneOffset.ofTotalSeconds(zone.charAt(0) == '-' ? -seconds : seconds);
    }
}
