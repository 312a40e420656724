package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** Compiles Java as a user would, with this module's class path. */
final class JavaSources {

    private JavaSources() {}

    /** Compiles sources, by the names of their classes, into {@code folder}. */
    static void compile(Path folder, Map<String, String> sources) throws IOException {
        var paths = new ArrayList<Path>();
        for (var source : sources.entrySet()) {
            paths.add(Files.writeString(folder.resolve(source.getKey() + ".java"), source.getValue()));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options =
                    List.of("-d", folder.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
            var units = files.getJavaFileObjectsFromPaths(paths);
            boolean compiled = compiler.getTask(messages, files, null, options, null, units)
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }
}
