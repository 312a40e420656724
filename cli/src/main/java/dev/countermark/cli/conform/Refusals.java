package dev.countermark.cli.conform;

import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.Verdict;
import dev.countermark.encoding.Zlib;
import dev.countermark.json.PythonJson;
import dev.countermark.json.UnreadableJsonException;
import dev.countermark.python.LenientBase64;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a token is refused here although the framework reads it, in the words of the documentation. */
final class Refusals {

    private static final int INFLATED_LIMIT = 1 << 20;

    private Refusals() {}

    /** The word for a reason. */
    static String word(Reason reason) {
        return switch (reason) {
            case FROM_THE_FUTURE -> "future-date";
            case DATE_MALFORMED -> "non-canonical-date";
            case PAYLOAD_MALFORMED -> "non-canonical-value";
            case MALFORMED -> "non-canonical-layout";
            default -> "non-canonical-base64";
        };
    }

    /** A framework lets errors escape that are not its own, and reads what we refuse. */
    static <T> Answer refused(Answer answer, Verdict<T> verdict, String token, char separator) {
        if (!(verdict instanceof Rejected<T> rejected)) {
            return answer.failed("expired");
        }
        var fault = rejected.reason() == Reason.PAYLOAD_MALFORMED ? ofBody(token, separator) : Optional.<String>empty();
        return fault.map(why -> answer.refused("error", why))
                .orElseGet(() -> answer.failed("error").because(word(rejected.reason())));
    }

    /** What is wrong with the JSON of {@code body[sep date]sep signature}, where it is such that the framework reads it. */
    static Optional<String> ofBody(String token, char separator) {
        int end = token.lastIndexOf(separator, token.lastIndexOf(separator) - 1);
        return end <= 0 ? Optional.empty() : ofBase64(token.substring(0, end));
    }

    /** The same of a body alone: base64 of either alphabet, behind a dot compressed. */
    static Optional<String> ofBase64(String body) {
        boolean compressed = body.startsWith(".");
        var ascii = body.getBytes(StandardCharsets.UTF_8);
        var bytes = LenientBase64.urlSafeOrNull(ascii, compressed ? 1 : 0, ascii.length);
        if (bytes != null && compressed) {
            bytes = Zlib.inflate(bytes, 0, bytes.length, INFLATED_LIMIT).bytes();
        }
        return bytes == null ? Optional.empty() : ofJson(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** What every JSON reader but ours takes. */
    static Optional<String> ofJson(String json) {
        return fault(json, PythonJson.standard())
                .or(() -> fault(json, PythonJson.standard().lenient()))
                .map(fault -> fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Optional<UnreadableJsonException.Fault> fault(String json, PythonJson reader) {
        return Optional.ofNullable(faultOrNull(json, reader)).filter(fault -> switch (fault) {
            case SYNTAX, ENCODING -> false;
            default -> true;
        });
    }

    private static UnreadableJsonException.@Nullable Fault faultOrNull(String json, PythonJson reader) {
        try {
            reader.loads(json);
            return null;
        } catch (UnreadableJsonException e) {
            return e.fault();
        }
    }
}
