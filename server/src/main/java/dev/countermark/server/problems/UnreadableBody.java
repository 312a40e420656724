package dev.countermark.server.problems;

import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
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
            return member == null ? "the body is a JSON object" : "the member " + member + " is of another type";
        }
        if (cause instanceof JacksonException) {
            return "the body is a JSON object (RFC 8259), in UTF-8, with each member once";
        }
        return "a JSON object is needed as the body";
    }
}
