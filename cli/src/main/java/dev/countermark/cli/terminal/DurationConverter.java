package dev.countermark.cli.terminal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration: seconds, or a number with s, m, h or d; a fraction of a second is kept to nanoseconds. */
public final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern DURATION =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)([smhd]?)", Pattern.CASE_INSENSITIVE);

    @Override
    public Duration convert(String text) {
        var parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no duration; give seconds, or a number with s, m, h or d");
        }
        long unit = switch (parts.group(2)) {
            case "m", "M" -> 60;
            case "h", "H" -> 3600;
            case "d", "D" -> 86_400;
            default -> 1;
        };
        var seconds = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit));
        long whole = seconds.longValue();
        return Duration.ofSeconds(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).intValue());
    }
}
