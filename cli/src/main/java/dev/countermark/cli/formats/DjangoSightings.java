package dev.countermark.cli.formats;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Django's signed texts look like without a key. */
final class DjangoSightings {

    private static final Pattern DATED =
            Pattern.compile("(.*):([0-9A-Za-z]{1,7}):([0-9A-Za-z_-]{27}|[0-9A-Za-z_-]{43})", Pattern.DOTALL);
    private static final Pattern UNDATED =
            Pattern.compile("(.*):([0-9A-Za-z_-]{27}|[0-9A-Za-z_-]{43})", Pattern.DOTALL);
    private static final Pattern RESET = Pattern.compile("([1-9a-z][0-9a-z]{0,7})-([0-9a-f]{20}|[0-9a-f]{32})");
    private static final Pattern EARLY_SESSION = Pattern.compile("[0-9a-f]{40}:(.*)", Pattern.DOTALL);
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private DjangoSightings() {}

    static Optional<Sighting> of(String token) {
        var dated = DATED.matcher(token);
        if (dated.matches()) {
            var parts = parts(dated.group(1));
            parts.add(new Sighting.Part("date", date(dated.group(2))));
            parts.add(signature(dated.group(3).length() == 27));
            return Optional.of(new Sighting(
                    List.of(
                            "django:dumps",
                            "django:session-data",
                            "django:session",
                            "django:messages",
                            "django:cookie",
                            "django:timestamp"),
                    "a dated text signed by Django",
                    parts));
        }
        var undated = UNDATED.matcher(token);
        if (undated.matches()) {
            var parts = parts(undated.group(1));
            parts.add(signature(undated.group(2).length() == 27));
            return Optional.of(new Sighting(List.of("django:signer"), "a text signed by Django", parts));
        }
        var reset = RESET.matcher(token);
        return reset.matches()
                ? Optional.of(reset(reset.group(1), reset.group(2).length() == 20))
                : earlySession(token);
    }

    private static Optional<Sighting> earlySession(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // read as Django reads it
        var session = EARLY_SESSION.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return session.matches()
                ? Optional.of(new Sighting(
                        List.of("django@2.2:session-data"),
                        "a session in the database of Django before 3.1",
                        List.of(signature(true), new Sighting.Part("value", session.group(1)))))
                : Optional.empty();
    }

    private static Sighting reset(String count, boolean sha1) {
        var number = Long.parseLong(count, 36);
        // A count of days has three digits until the year 2128; one of seconds had them for half a day.
        var date = LocalDateTime.of(2001, 1, 1, 0, 0).plusSeconds(count.length() <= 3 ? number * 86_400 : number);
        return new Sighting(
                List.of("django:password-reset"),
                "a password-reset token of Django",
                List.of(new Sighting.Part("date", date + ", by the server's clock"), signature(sha1)));
    }

    private static List<Sighting.Part> parts(String value) {
        return new ArrayList<>(List.of(new Sighting.Part("value", DottedToken.bodyText(value))));
    }

    private static Sighting.Part signature(boolean sha1) {
        return sha1
                ? new Sighting.Part("signature", "HMAC-SHA-1, as of Django before 3.1")
                : new Sighting.Part("signature", "HMAC-SHA-256, as of Django since 3.1");
    }

    private static String date(String digits) {
        var seconds = BigInteger.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            seconds =
                    seconds.multiply(BigInteger.valueOf(62)).add(BigInteger.valueOf(DIGITS.indexOf(digits.charAt(i))));
        }
        return Instant.ofEpochSecond(seconds.longValue()).toString();
    }
}
