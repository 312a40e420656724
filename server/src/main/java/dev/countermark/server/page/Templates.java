package dev.countermark.server.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages' templates, read from the class path, each compiled once.
 *
 * <p>Every value is escaped by {@link Visible}; a name that the model does not have is an error, not a gap.
 */
final class Templates {

    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .withEscaper(Visible::html)
            .withLoader(Templates::read)
            .emptyStringIsFalse(true)
            .strictSections(true)
            .nullValue("");

    private final Map<String, Template> compiled = new ConcurrentHashMap<>();

    /** A page as HTML. */
    String render(String name, Map<String, Object> model) {
        return compiled.computeIfAbsent(name, COMPILER::loadTemplate).execute(model);
    }

    private static Reader read(String name) {
        var file = name + ".mustache";
        var stream = Templates.class.getResourceAsStream(file);
        if (stream == null) {
            throw new UncheckedIOException(new IOException("no template " + file));
        }
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
