package dev.countermark.frameworks;

import dev.countermark.Keyring;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.frameworks.DjangoPasswordReset.User;
import dev.countermark.mac.MacFunction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code base36(time) "-" every second digit of hex(HMAC)}, for one user.
 *
 * <p>Source: Django 2.2.28 to 5.2.17, {@code contrib/auth/tokens.py}, {@code utils/http.py}.
 */
final class DjangoResetFormat implements WireFormat {

    private static final String SALT = "django.contrib.auth.tokens.PasswordResetTokenGenerator";
    private static final LocalDateTime EPOCH = LocalDateTime.of(2001, 1, 1, 0, 0);
    private static final DateTimeFormatter LOGIN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int LONGEST_TIME = 8;
    private static final int LONGEST_COUNT_OF_DAYS = 3;
    private static final long SECONDS_OF_8000_YEARS = 252_455_616_000L;

    /** What all users share. */
    record Settings(Keyring keys, ZoneId zone, DjangoRelease release, boolean lenient, Clock clock) {

        Settings release(DjangoRelease release) {
            return new Settings(keys, zone, release, lenient, clock);
        }

        Settings asLenient() {
            return new Settings(keys, zone, release, true, clock);
        }

        Settings clock(Clock clock) {
            return new Settings(keys, zone, release, lenient, clock);
        }

        boolean countsDays() {
            return release == DjangoRelease.V2_2;
        }
    }

    private final Settings settings;
    private final User user;

    DjangoResetFormat(Settings settings, User user) {
        this.settings = settings;
        this.user = user;
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("Django writes no expiry; bound the age where the token is read");
        }
        long count = count(local(now));
        if (count < 0) {
            throw new IllegalArgumentException("such tokens count from 2001-01-01 on");
        }
        var token = new StringBuilder(Long.toString(count, 36)).append('-');
        for (byte digit : macs().sign(message(count))) {
            token.append(Character.forDigit(digit, 16));
        }
        return token.toString();
    }

    private LocalDateTime local(long seconds) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), settings.zone());
    }

    private long count(LocalDateTime time) {
        return (settings.countsDays() ? ChronoUnit.DAYS : ChronoUnit.SECONDS).between(EPOCH, time);
    }

    private byte[] message(long count) {
        var login = user.lastLogin() == null ? "" : LOGIN.format(user.lastLogin());
        var email = settings.countsDays() || user.email() == null ? "" : user.email();
        return WellFormed.utf8(user.id() + user.password() + login + count + email);
    }

    /** Of every key and digest, those of the first key first. */
    private KeyedMacs macs() {
        var digests = settings.release().digests();
        return KeyedMacs.of(settings.keys().keys().stream()
                .flatMap(key -> digests.stream().map(digest -> DjangoSettings.saltedHmac(digest, SALT, "", key)))
                .map(DjangoResetFormat::everySecondDigit)
                .toList());
    }

    /** The code of which {@code hexdigest()[::2]} remains: the upper four bits of each byte. */
    private static MacFunction everySecondDigit(MacFunction mac) {
        return (data, offset, length) -> {
            var code = mac.compute(data, offset, length);
            for (int i = 0; i < code.length; i++) {
                code[i] = (byte) (code[i] >> 4 & 0xf);
            }
            return code;
        };
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        long count = count(token);
        if (count < 0) {
            return Reading.refused(Reason.MALFORMED);
        }
        var text = token.getBytes(StandardCharsets.UTF_8);
        int signer = signer(text, count);
        if (signer < 0) {
            return Reading.refused(Reason.SIGNATURE_MISMATCH);
        }
        var signedAt = signedAt(count, token.indexOf('-'), local(now));
        long age = count(local(now)) - count(signedAt);
        if (age < 0 && !settings.lenient()) {
            return Reading.refused(Reason.FROM_THE_FUTURE);
        }
        var reading = Reading.accepted(
                new byte[0],
                signedAt.atZone(settings.zone()).toEpochSecond(),
                Reading.NO_TIME,
                settings.keys().keys().get(signer),
                signer > 0,
                text,
                text.length);
        return terms.outlived(settings.countsDays() ? age * 86_400 : age) ? reading.expired() : reading;
    }

    /** The number before the only dash, in its one spelling, or -1. */
    private static long count(String token) {
        int dash = token.indexOf('-');
        if (dash < 1 || dash > LONGEST_TIME || dash != token.lastIndexOf('-')) {
            return -1;
        }
        long count = 0;
        for (int i = 0; i < dash; i++) {
            char c = token.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : -1;
            if (digit < 0 || i == 0 && digit == 0 && dash > 1) {
                return -1;
            }
            count = count * 36 + digit;
        }
        return count <= SECONDS_OF_8000_YEARS ? count : -1;
    }

    /** Place of the key whose digits stand behind the dash, or -1. */
    private int signer(byte[] text, long count) {
        var message = message(count);
        var digits = LowerHex.digitsOrNull(text, Long.toString(count, 36).length() + 1, text.length);
        int place = macs().signer(message, message.length, digits);
        return place < 0 ? -1 : place / settings.release().digests().size();
    }

    private LocalDateTime signedAt(long count, int digits, LocalDateTime now) {
        if (settings.countsDays()) {
            return EPOCH.plusDays(Math.min(count, SECONDS_OF_8000_YEARS / 86_400));
        }
        // 3.1 and 3.2 read a day's number as the same time of that day.
        return settings.release() == DjangoRelease.V3_1 && digits <= LONGEST_COUNT_OF_DAYS
                ? EPOCH.plusDays(count).with(now.toLocalTime())
                : EPOCH.plusSeconds(count);
    }
}
