package dev.countermark.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parameters written as {@code application/x-www-form-urlencoded} in UTF-8, in a query or a body, in their order.
 *
 * <p>Servlet parameters will not do: they mix query and body, and reading them reads the body.
 */
public final class FormParameters {

    private FormParameters() {}

    /**
     * One parameter.
     *
     * @param name as it was sent, decoded
     * @param value empty when it cannot be decoded
     */
    public record Parameter(String name, Optional<String> value) {

        /** The name: values may be secret. */
        @Override
        public String toString() {
            return "Parameter[name=" + name + "]";
        }
    }

    /** All parameters of a text but those whose names cannot be decoded. Never throws. */
    public static List<Parameter> parse(String text) {
        var parameters = new ArrayList<Parameter>();
        for (int from = 0; from <= text.length(); ) {
            int and = text.indexOf('&', from);
            int to = and < 0 ? text.length() : and;
            if (to > from) {
                int equals = text.indexOf('=', from);
                int nameEnd = equals < 0 || equals > to ? to : equals;
                var value = nameEnd == to ? Optional.of("") : decoded(text.substring(nameEnd + 1, to));
                decoded(text.substring(from, nameEnd)).ifPresent(name -> parameters.add(new Parameter(name, value)));
            }
            from = to + 1;
        }
        return parameters;
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
