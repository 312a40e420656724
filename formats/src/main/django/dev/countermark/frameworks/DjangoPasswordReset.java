package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.TimedTokens;
import dev.countermark.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The token in the link by which a user of Django chooses a new password: {@code default_token_generator}.
 *
 * <p>It names no user: reader and writer know whose it is, and it dies with the next login, change of password or change
 * of address. Keys: {@code SECRET_KEY}, accepting {@code SECRET_KEY_FALLBACKS}. Expired after 3 days unless
 * {@code PASSWORD_RESET_TIMEOUT} is set; then say {@link #maxAge}. Strictly, a token is not from the future.
 *
 * <p>Source: Django 2.2.28 to 5.2.17, {@code contrib/auth/tokens.py}. Immutable and safe for many threads.
 */
public final class DjangoPasswordReset {

    private final DjangoResetFormat.Settings settings;
    private final Duration maxAge;

    /**
     * What a token is bound to.
     *
     * @param id primary key, as text
     * @param password the column {@code password}: the hash of it, not the password
     * @param lastLogin the column {@code last_login}, in UTC as it is stored where {@code USE_TZ} is on; a fraction of a
     *     second does not count; null before the first login
     * @param email address, or null; releases before 3.1 leave it out
     */
    public record User(
            String id,
            String password,
            @Nullable LocalDateTime lastLogin,
            @Nullable String email) {

        /** @throws IllegalArgumentException if a text holds a lone surrogate */
        public User {
            WellFormed.utf8(id + " " + password + " " + email);
        }

        @Override
        public String toString() {
            return "User[" + id + "]";
        }
    }

    private DjangoPasswordReset(DjangoResetFormat.Settings settings, Duration maxAge) {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("a maximal age is not negative");
        }
        this.settings = settings;
        this.maxAge = maxAge;
    }

    /**
     * Tokens of the latest release.
     *
     * @param zone of the server's clock, which Django sets to {@code TIME_ZONE}: the token counts local time
     */
    public static DjangoPasswordReset of(Keyring keys, ZoneId zone) {
        var settings = new DjangoResetFormat.Settings(keys, zone, DjangoRelease.LATEST, false, Clock.systemUTC());
        return new DjangoPasswordReset(settings, Duration.ofDays(3));
    }

    /** The same of another release. */
    public DjangoPasswordReset release(DjangoRelease release) {
        return new DjangoPasswordReset(settings.release(release), maxAge);
    }

    /**
     * The same with another {@code PASSWORD_RESET_TIMEOUT}, or before 3.1 {@code PASSWORD_RESET_TIMEOUT_DAYS}.
     *
     * @param maxAge in whole seconds, before 3.1 in whole days; the default is 3 days
     * @throws IllegalArgumentException if it is negative
     */
    public DjangoPasswordReset maxAge(Duration maxAge) {
        return new DjangoPasswordReset(settings, maxAge);
    }

    /** The same, reading all that Django reads: tokens from the future. */
    public DjangoPasswordReset lenient() {
        return new DjangoPasswordReset(settings.asLenient(), maxAge);
    }

    /** The same by another clock; the default is the system's. */
    public DjangoPasswordReset clock(Clock clock) {
        return new DjangoPasswordReset(settings.clock(clock), maxAge);
    }

    private TimedTokens<User> tokens(User user) {
        return DatedTokens.of(new DjangoResetFormat(settings, user), new Known(user))
                .expiringAfter(maxAge)
                .clock(settings.clock());
    }

    /** Valid if the token was made for this user as he is now; expired or rejected. */
    public Verdict<User> check(User user, String token) {
        return tokens(user).check(token);
    }

    /**
     * Returns the user if the token was made for him as he is now.
     *
     * @throws ExpiredTokenException if it is too old
     * @throws BadTokenException if it was not made for this user, or before something changed
     */
    public User read(User user, String token) {
        return tokens(user).verify(token);
    }

    /**
     * The token of a user, dated now: the time in base 36, a dash, and 32 hexadecimal digits, before 3.1 twenty.
     *
     * @throws IllegalArgumentException if it is not yet 2001 by the clock
     */
    public String write(User user) {
        return tokens(user).sign(user);
    }

    /** The user is not in the token. */
    private record Known(User user) implements Codec<User> {

        @Override
        public byte[] encode(User value) {
            return new byte[0];
        }

        @Override
        public User decode(byte[] bytes) {
            return user;
        }
    }

    @Override
    public String toString() {
        return "DjangoPasswordReset[" + settings + "]";
    }
}
