package dev.countermark.server.leaked;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what has the shape of a token in a text of a stranger: what {@code LeakedTokens.pattern} finds, in time that
 * grows with the length only.
 *
 * <p>That expression, made for scanners of files, reads up to 1,990 characters from each beginning of a token; 64 KiB of
 * beginnings take it half a second. So this looks for endings, and for the nearest beginning before each.
 */
final class ReportedTexts {

    private static final Pattern ENDING =
            Pattern.compile("\\.[A-Za-z0-9_-]{6,7}\\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    private static final int LONGEST_CLAIMS = 2003;

    private final String beginning;

    ReportedTexts(String prefix) {
        this.beginning = prefix + "_eyJpZCI6I";
    }

    /** Texts that may be tokens, in their order, each once. */
    Set<String> in(String report) {
        var texts = new LinkedHashSet<String>();
        var ending = ENDING.matcher(report);
        int from = 0;
        int at = 0;
        while (ending.find(at)) {
            var before = report.substring(Math.max(from, ending.start() - LONGEST_CLAIMS), ending.start());
            int begin = before.lastIndexOf(beginning);
            if (begin < 0) {
                at = ending.start() + 1;
                continue;
            }
            texts.add(before.substring(begin) + ending.group());
            from = ending.end();
            at = from;
        }
        return texts;
    }
}
