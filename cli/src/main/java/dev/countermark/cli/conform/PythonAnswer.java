package dev.countermark.cli.conform;

import dev.countermark.Codec;
import dev.countermark.Expired;
import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonError;
import dev.countermark.json.UnreadableJsonException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the library says of a token, as a Python program would have put it.
 *
 * @param subject the tokens asked
 * @param original the same, reading leniently: what they accept and the subject refuses, is refused on purpose
 * @param values how the subject reads values
 * @param release whose errors and dates are shown
 * @param python2 whether objects are shown in the order of CPython 2.7
 */
record PythonAnswer(
        Subject<Object> subject,
        Subject<Object> original,
        Codec<Object> values,
        ItsDangerous release,
        boolean python2) {

    /** Reads the token and fills in the answer. */
    void read(byte[] token, Answer answer) {
        var verdict = subject.check(token);
        if (verdict instanceof Valid<Object> valid) {
            answer.accepted(shown(valid.value())).with("date_signed", date(valid.signedAt()));
            return;
        }
        var error = verdict.detail(PythonError.class);
        if (error.isPresent()) {
            raised(error.get(), answer);
        } else {
            refused(token, verdict, answer);
        }
    }

    private void raised(PythonError error, Answer answer) {
        answer.failed(family(error.className()))
                .with("error_class", error.className())
                .with("message", error.message())
                .with(
                        "payload",
                        error.payload()
                                .map(ValueNotation::write)
                                .or(() -> error.payloadJson().map(json -> ValueNotation.write(shown(json))))
                                .orElse(null))
                .with(
                        "date_signed",
                        error.timestamp()
                                .<Object>map(number -> Map.of("int", number.toString()))
                                .orElseGet(() -> date(error.dateSigned())));
        error.header().ifPresent(header -> answer.with("header", ValueNotation.write(header)));
    }

    private static String family(String className) {
        return switch (className) {
            case "SignatureExpired" -> "expired";
            case "BadTimeSignature" -> "bad-time-signature";
            case "BadHeader" -> "bad-header";
            case "BadPayload" -> "bad-payload";
            case "BadData" -> "bad-data";
            default -> "bad-signature";
        };
    }

    /** No error of the library in Python: either it accepts the token, or lets an exception of Python's own out. */
    private void refused(byte[] token, Verdict<Object> verdict, Answer answer) {
        var fault = jsonFault(subject, token).or(() -> jsonFault(original, token));
        if (fault.isPresent()) {
            answer.refused("bad-payload", slug(fault.get().fault().name()));
        } else if (original.check(token) instanceof Valid) {
            answer.refused("bad-signature", reason(((Rejected<Object>) verdict).reason()));
        } else {
            answer.failed("error");
        }
    }

    /** Why the value of a token that is otherwise fine could not be read. */
    private Optional<UnreadableJsonException> jsonFault(Subject<Object> subject, byte[] token) {
        try {
            if (subject.as(Codec.bytes()).check(token) instanceof Valid<byte[]> valid) {
                values.decode(valid.value());
            }
            return Optional.empty();
        } catch (UnreadableJsonException e) {
            return Optional.of(e);
        }
    }

    private static String reason(Reason reason) {
        return switch (reason) {
            case FROM_THE_FUTURE -> "future-date";
            case DATE_MALFORMED -> "non-canonical-date";
            default -> "non-canonical-base64";
        };
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private @Nullable Object date(Optional<Instant> date) {
        return date.map(instant -> Answer.date(instant, release.compareTo(ItsDangerous.V2_0_0) >= 0))
                .orElse(null);
    }

    /** {@code loads_unsafe}: whether the token is fine, and the value all the same. */
    Object unsafe(byte[] token) {
        var verdict = subject.check(token);
        if (verdict instanceof Valid<Object> valid) {
            return unsafe(true, valid.value());
        }
        if (verdict instanceof Expired<Object> expired) {
            return unsafe(false, expired.value());
        }
        var error =
                verdict.detail(PythonError.class).map(PythonError::className).orElse("error");
        return error.equals("BadPayload") || error.equals("error")
                ? Map.of("error_class", error)
                : unsafe(false, subject.unverified(token).unverifiedValue().orElse(null));
    }

    private @Nullable Object shown(@Nullable Object value) {
        return python2 ? Python2Order.of(value) : value;
    }

    private Map<String, Object> unsafe(boolean valid, @Nullable Object payload) {
        var unsafe = new LinkedHashMap<String, @Nullable Object>();
        unsafe.put("valid", valid);
        unsafe.put("payload", ValueNotation.write(shown(payload)));
        return unsafe;
    }
}
