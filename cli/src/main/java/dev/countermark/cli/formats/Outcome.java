package dev.countermark.cli.formats;

import dev.countermark.Expired;
import dev.countermark.Rejected;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What verifying one token found, ready to be shown. */
public final class Outcome {

    /** The verdict, with the exit code it leads to. */
    public enum Status {
        /** Ours, unchanged and in time. */
        VALID(0),
        /** Not ours, or damaged. */
        REJECTED(1),
        /** Ours, and taken back. */
        REVOKED(1),
        /** Ours, and too old. */
        EXPIRED(2),
        /** Not to be decided now. */
        UNAVAILABLE(69);

        private final int exitCode;

        Status(int exitCode) {
            this.exitCode = exitCode;
        }

        /** Exit code of a command that found only this. */
        public int exitCode() {
            return exitCode;
        }

        /** The verdict in one lower-case word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Status status;
    private final @Nullable String value;
    private final String message;
    private final Map<String, Object> facts;

    private Outcome(Status status, @Nullable String value, String message, Map<String, Object> facts) {
        this.status = status;
        this.value = value;
        this.message = message;
        this.facts = facts;
    }

    /**
     * The outcome that a verdict of the library means, with its dates, key and reason.
     *
     * @param text shows the value; called for valid and expired tokens
     */
    public static <T> Outcome of(Verdict<T> verdict, Function<? super T, String> text) {
        if (verdict instanceof Valid<T> valid) {
            var outcome = new Outcome(Status.VALID, text.apply(valid.value()), "", Map.of());
            return outcome.dates(
                            valid.signedAt().orElse(null), valid.expiresAt().orElse(null))
                    .fact("key_id", valid.keyId())
                    .fact("token_id", valid.tokenId())
                    .fact("reissue", valid.reissue());
        }
        if (verdict instanceof Expired<T> expired) {
            var message = expired.expiresAt()
                    .map(end -> "it was valid until " + end)
                    .or(() -> expired.signedAt().map(start -> "it was signed at " + start))
                    .orElse("it is too old");
            return new Outcome(Status.EXPIRED, text.apply(expired.value()), message, Map.of())
                    .dates(expired.signedAt().orElse(null), expired.expiresAt().orElse(null));
        }
        var reason = ((Rejected<T>) verdict).reason();
        return rejected(reason.sentence())
                .fact("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** A token refused for a reason in words, which hold no key and no part of the token. */
    public static Outcome rejected(String message) {
        return new Outcome(Status.REJECTED, null, message, Map.of());
    }

    /** A token that was taken back. */
    public static Outcome revoked(String message) {
        return new Outcome(Status.REVOKED, null, message, Map.of());
    }

    /** No verdict, because something that it needs does not answer. */
    public static Outcome unavailable(String message) {
        return new Outcome(Status.UNAVAILABLE, null, message, Map.of());
    }

    /** The same outcome with other words, for instance those of the program that a format comes from. */
    public Outcome message(String message) {
        return new Outcome(status, value, message, facts);
    }

    /**
     * The same outcome with one more member in its JSON.
     *
     * @param name in snake_case
     * @param fact text, number, boolean, or a map or list of such
     */
    public Outcome fact(String name, Object fact) {
        var more = new LinkedHashMap<>(facts);
        more.put(name, fact);
        return new Outcome(status, value, message, more);
    }

    private Outcome dates(@Nullable Instant signedAt, @Nullable Instant expiresAt) {
        var outcome = signedAt == null ? this : fact("signed_at", signedAt.toString());
        return expiresAt == null ? outcome : outcome.fact("expires_at", expiresAt.toString());
    }

    /** The verdict. */
    public Status status() {
        return status;
    }

    /** The value of a valid or expired token. */
    public Optional<String> value() {
        return Optional.ofNullable(value);
    }

    /** What is wrong with a token that is not valid; else empty. */
    public String message() {
        return message;
    }

    /** All of it, for {@code --json}. */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("verdict", status.word());
        if (value != null) {
            json.put("value", value);
        }
        if (!message.isEmpty()) {
            json.put("message", message);
        }
        json.putAll(facts);
        return json;
    }

    /** The verdict only. */
    @Override
    public String toString() {
        return "Outcome[" + status + "]";
    }
}
