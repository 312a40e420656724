package dev.countermark.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.boot.logging.structured.StructuredLogFormatter;

/** The log for a person at a terminal: time of day, message, facts. Programs get JSON. */
public final class TerminalLines implements StructuredLogFormatter<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Override
    public String format(ILoggingEvent event) {
        var line = new StringBuilder(TIME.format(event.getInstant())).append("  ");
        if (!event.getLevel().equals(Level.INFO)) {
            line.append(event.getLevel().levelStr.toLowerCase(Locale.ROOT)).append(": ");
        }
        line.append(printable(event.getFormattedMessage()));
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs()
                    .forEach(pair -> line.append("  ")
                            .append(pair.key)
                            .append('=')
                            .append(printable(String.valueOf(pair.value))));
        }
        line.append(System.lineSeparator());
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }

    /** No control character and no change of direction stays itself: a message may quote a client. */
    private static String printable(String text) {
        var printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean hidden = c != '\n' && type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (hidden) {
                printable.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else if (c == '\n') {
                printable.append("\n          ");
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }
}
