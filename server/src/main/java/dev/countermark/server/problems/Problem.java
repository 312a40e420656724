package dev.countermark.server.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An error as problem details (RFC 9457 section 3.1).
 *
 * @param type what kind of problem it is: {@code about:blank} when the status says all, else {@code urn:countermark:…}
 * @param title the same in words
 * @param status HTTP status
 * @param detail what to do about this one; never a token, a key or a value of the request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type, String title, int status, @Nullable String detail) {

    /** A problem of which the status says all. */
    public static Problem of(int status) {
        return new Problem("about:blank", Titles.of(status), status, null);
    }

    /** The same problem with a sentence for the person who sees it. */
    public Problem detail(@Nullable String sentence) {
        return new Problem(type, title, status, sentence);
    }

    /** The same problem with a kind of its own, which programs can tell: lower-case words joined by dashes. */
    public Problem kind(String kind) {
        return new Problem("urn:countermark:" + kind, title, status, detail);
    }
}
