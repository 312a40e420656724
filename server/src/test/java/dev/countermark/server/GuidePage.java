package dev.countermark.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads examples from the guide, so that they cannot rot. */
public final class GuidePage {

    private GuidePage() {}

    /** The only block of a language on a page. */
    public static String block(String page, String language) {
        try {
            var text = Files.readString(Path.of("../docs/guide/" + page));
            var matcher = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                    .matcher(text);
            if (!matcher.find()) {
                throw new AssertionError(page + " has no block of " + language);
            }
            var block = matcher.group(1);
            if (matcher.find()) {
                throw new AssertionError(page + " has two blocks of " + language);
            }
            return block;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
