package dev.countermark.server.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/**
 * The type that a request says it has, as far as it must be right before anybody acts on the request.
 *
 * <p>Spring reads it once more while it writes an answer. A wildcard or the name of no charset fails only there, after the
 * change is made: a revocation would be done and answered with an error.
 */
final class ContentType {

    private ContentType() {}

    /** Whether there is none, or one, and that one names a type, and a charset that this Java knows, if any. */
    static boolean isReadable(HttpFields headers) {
        var fields = headers.getValuesList(HttpHeader.CONTENT_TYPE);
        if (fields.isEmpty()) {
            return true;
        }
        try {
            return fields.size() == 1
                    && MimeTypeUtils.parseMimeType(fields.get(0)).isConcrete();
        } catch (InvalidMimeTypeException e) {
            return false;
        }
    }
}
