package dev.countermark.server.problems;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a JSON body, in the words of the API: names of members it knows, and no value. */
final class UnreadableBody {

    private UnreadableBody() {}

    static String sentence(HttpMessageNotReadableException unreadable) {
        var cause = unreadable.getCause();
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return "there is a member that is not known; known are: "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (cause instanceof DatabindException mismatch && !mismatch.getPath().isEmpty()) {
            // The first step is a member that is known, or it would have been refused; later ones are the client's.
            var member = mismatch.getPath().get(0).getPropertyName();
            return member == null ? "the body is a JSON object" : "the member " + member + " is " + due(mismatch);
        }
        if (cause instanceof JacksonException) {
            return "the body is a JSON object (RFC 8259), in UTF-8, with each member once";
        }
        return "a JSON object is needed as the body";
    }

    /** What a member of the API should have been; of what stands within one, the name of the member is enough. */
    private static String due(DatabindException mismatch) {
        var type = mismatch instanceof MismatchedInputException input
                        && mismatch.getPath().size() == 1
                ? input.getTargetType()
                : null;
        if (type == null) {
            return "of another type";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list: [\"…\"]";
        }
        if (Map.class.isAssignableFrom(type)) {
            return "an object: {\"…\":\"…\"}";
        }
        return Number.class.isAssignableFrom(type) ? "a whole number" : "a text";
    }
}
