package dev.countermark.server.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time as the pages show it: in UTC, and how far that is from now.
 *
 * @param machine for {@code <time datetime>}, RFC 3339
 * @param utc for people: {@code 2026-11-26 21:29 UTC}
 * @param relative {@code in 3 days}, {@code 2 hours ago}, {@code now}
 */
record Moment(String machine, String utc, String relative) {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static Moment of(Instant instant, Instant now) {
        return new Moment(instant.toString(), UTC.format(instant), relative(Duration.between(now, instant)));
    }

    private static String relative(Duration distance) {
        var length = distance.abs();
        if (length.toSeconds() == 0) {
            return "now";
        }
        return distance.isNegative() ? span(length) + " ago" : "in " + span(length);
    }

    /** A length in its largest unit, rounded to the nearest: {@code 26 hours} until two days are full. */
    static String span(Duration length) {
        if (length.toDays() >= 2) {
            return count(length.plusHours(12).toDays(), "day");
        }
        if (length.toHours() >= 2) {
            return count(length.plusMinutes(30).toHours(), "hour");
        }
        if (length.toMinutes() >= 2) {
            return count(length.plusSeconds(30).toMinutes(), "minute");
        }
        return count(length.toSeconds(), "second");
    }

    private static String count(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
