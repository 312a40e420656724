package dev.countermark.cli.conform;

import dev.countermark.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the library says to a request, in the vectors' own notation. Filled in by its format's family. */
final class Answer {

    private static final String REFUSED = "refused";

    private final Map<String, Object> members = new LinkedHashMap<>();
    private @Nullable String why;

    private Answer(Request request) {
        members.put("id", request.id());
    }

    /** An answer in which nothing stands yet. */
    static Answer to(Request request) {
        return new Answer(request);
    }

    /** Nobody here knows the format. */
    static Answer unsupported(Request request) {
        return to(request).with("expect", "unsupported");
    }

    /** Constructing, writing or reading was refused by something other than a verdict. */
    static Answer error(Request request) {
        var answer = to(request);
        if (request.writes()) {
            answer.with("written", null);
        }
        return answer.failed("error");
    }

    /** The token that was written. */
    Answer written(String token) {
        return written(token.getBytes(StandardCharsets.UTF_8));
    }

    /** The token that was written, which need not be text. */
    Answer written(byte[] token) {
        try {
            return with("written", Codec.text().decode(token));
        } catch (IllegalArgumentException e) {
            return with("written", Map.of("b64", Base64.getEncoder().encodeToString(token)));
        }
    }

    /** Reading returned this; see {@link ValueNotation} for what it may be. */
    Answer accepted(@Nullable Object value) {
        return with("expect", "ok")
                .with("value", ValueNotation.write(value))
                .with("error_class", null)
                .with("message", null)
                .with("payload", null)
                .with("date_signed", null);
    }

    /** Reading failed, in this way of the vectors' README. */
    Answer failed(String expect) {
        return with("expect", expect)
                .with("value", null)
                .with("error_class", null)
                .with("message", null)
                .with("payload", null)
                .with("date_signed", null);
    }

    /** Refused on purpose, though the original accepts it, for a reason of the list in the documentation. */
    Answer refused(String expect, String reason) {
        return failed(expect).with(REFUSED, reason);
    }

    /** The same answer, remembering why it refuses; shown if the original does not. See {@link #beside}. */
    Answer because(String why) {
        this.why = why;
        return this;
    }

    /** The same answer with what it was remembered to refuse for, if the one of a lenient reader is another. */
    Answer beside(Answer lenient) {
        boolean differs = Stream.of("expect", "value", "message")
                .anyMatch(member -> !Objects.equals(members.get(member), lenient.members.get(member)));
        return why != null && differs && !members.containsKey(REFUSED) ? with(REFUSED, why) : this;
    }

    /** The same answer with a member more, or in place of one; the value is already in the vectors' notation. */
    Answer with(String member, @Nullable Object notation) {
        members.put(member, notation);
        return this;
    }

    /** A date as Python shows it. */
    static Map<String, Object> date(Instant instant, boolean aware) {
        var text = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        var date = new LinkedHashMap<String, Object>();
        date.put("datetime", aware ? text + "+00:00" : text);
        date.put("unix", instant.getEpochSecond());
        return date;
    }

    Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }
}
