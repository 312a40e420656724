package dev.countermark.itsdangerous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What tests ask of a verdict of the compatible classes, and when. */
final class PythonAnswers {

    private PythonAnswers() {}

    static Clock at(long seconds) {
        return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }

    /** Why it was rejected; fails where it was not. */
    static Reason reason(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        return ((Rejected<?>) verdict).reason();
    }

    /** Class and text of what Python raises. */
    static String said(Verdict<?> verdict) {
        return verdict.detail(PythonError.class)
                .map(error -> error.className() + ": " + error.message())
                .orElse("nothing");
    }
}
