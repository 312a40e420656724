package dev.countermark.server.http;

import dev.countermark.server.problems.BadRequestException;

/** Values of query parameters, read as strictly as members of a body: {@code 0x10} is no number, {@code yes} no flag. */
public final class Query {

    private Query() {}

    /**
     * A number of up to nine digits.
     *
     * @throws BadRequestException if it is something else
     */
    public static int number(String parameter, String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadRequestException("the query parameter " + parameter + " is a number");
        }
        return Integer.parseInt(text);
    }

    /**
     * {@code true} or {@code false}.
     *
     * @throws BadRequestException if it is something else
     */
    public static boolean flag(String parameter, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadRequestException("the query parameter " + parameter + " is true or false");
        };
    }
}
