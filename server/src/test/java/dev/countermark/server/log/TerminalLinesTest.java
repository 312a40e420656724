package dev.countermark.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class TerminalLinesTest {

    private final TerminalLines lines = new TerminalLines();

    private static LoggingEvent event(Level level, String message, Throwable failure) {
        var logger = new LoggerContext().getLogger("x");
        return new LoggingEvent("x", logger, level, message, failure, null);
    }

    @Test
    void a_line_has_time_message_and_facts() {
        var event = event(Level.INFO, "token issued", null);
        event.setKeyValuePairs(List.of(new KeyValuePair("token_id", "abc"), new KeyValuePair("actor", "token def")));

        assertThat(lines.format(event))
                .matches("[0-2][0-9]:[0-5][0-9]:[0-5][0-9]  token issued  token_id=abc  actor=token def\\R");
    }

    @Test
    void what_is_not_information_says_so_and_a_failure_has_its_stack() {
        assertThat(lines.format(event(Level.WARN, "it is late", null))).contains("  warn: it is late");
        assertThat(lines.format(event(Level.ERROR, "it failed", new IllegalStateException("why"))))
                .contains("  error: it failed", "IllegalStateException: why", "at dev.countermark");
    }

    @Test
    void what_a_client_sent_moves_nothing_on_the_terminal() {
        assertThat(lines.format(event(Level.WARN, "a\u001b[2J\rb\u202e\nc", null)))
                .contains("a\\u{1b}[2J\\u{d}b\\u{202e}\n          c");
    }
}
