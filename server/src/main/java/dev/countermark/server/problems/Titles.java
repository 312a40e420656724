package dev.countermark.server.problems;

import org.springframework.http.HttpStatus;

/** The reason phrases of RFC 9110 section 15. */
final class Titles {

    private Titles() {}

    static String of(int status) {
        var known = HttpStatus.resolve(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
