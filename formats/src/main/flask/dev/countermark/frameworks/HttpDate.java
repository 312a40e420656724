package dev.countermark.frameworks;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dates as {@code Sun, 03 Feb 2013 04:05:06 GMT}: the one way in which Flask writes them.
 *
 * <p>Source: CPython 3.11, {@code email/utils.py}, {@code format_datetime}.
 */
final class HttpDate {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    private HttpDate() {}

    static String format(OffsetDateTime date) {
        return FORMAT.format(date.withOffsetSameInstant(ZoneOffset.UTC));
    }

    /** The date, or null where the text is not what {@link #format} writes for it. */
    static @Nullable OffsetDateTime parseOrNull(String text) {
        var date = MailDate.parseOrNull(text);
        return date != null && format(date).equals(text) ? date : null;
    }
}
