package dev.countermark.cli.conform;

import java.util.List;
import java.util.Map;

/** All that {@code conform} can be asked about. */
public final class FormatFamilies {

    private static final List<FormatFamily> ALL = List.of(
            new PythonPrimitives(),
            new ItsDangerousFamily(),
            new JwsFamily(),
            new FlaskFamily(),
            new FlaskSecurityFamily(),
            new DjangoFamily(),
            new ExpressFamily(),
            new RailsFamily());

    private FormatFamilies() {}

    /**
     * Answers one request.
     *
     * @param line one JSON object
     * @param lenient whether to read as the original does, as far as the library goes along
     * @return the members of the answer, as JSON shows them
     * @throws IllegalArgumentException if the line is no request
     */
    public static Map<String, Object> answer(String line, boolean lenient) {
        var request = Request.of(line);
        for (var family : ALL) {
            if (family.knows(request)) {
                var answer = answer(family, request, lenient);
                return (lenient ? answer : answer.beside(answer(family, request, true))).members();
            }
        }
        return Answer.unsupported(request).members();
    }

    private static Answer answer(FormatFamily family, Request request, boolean lenient) {
        try {
            return family.answer(request, lenient);
        } catch (IllegalArgumentException e) {
            return Answer.error(request);
        }
    }
}
