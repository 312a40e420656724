package dev.countermark.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application in a module of its own, compiled and loaded here: the rest of the tests run on the class path. */
class JsonOnTheModulePathTest {

    private static final String MODULE = """
            module app {
                requires dev.countermark.formats;
                exports app;
                exports app.shown;
                opens app.opened to tools.jackson.databind;
            }
            """;
    private static final String MAIN = """
            package app;

            import dev.countermark.Codec;
            import dev.countermark.json.Json;

            public class Main {
                public static String roundTrip(Class<?> type, String json) {
                    return roundTrip(Json.of(type), json);
                }

                private static <T> String roundTrip(Codec<T> codec, String json) {
                    return new String(codec.encode(codec.decode(json.getBytes())));
                }
            }
            """;

    @TempDir
    static Path folder;

    private static ClassLoader loader;

    @BeforeAll
    static void compileTheApplication() throws Exception {
        var sources = List.of(
                source("module-info.java", MODULE),
                source("app/Main.java", MAIN),
                source("app/shown/Shown.java", "package app.shown; public record Shown(String id) {}"),
                source("app/shown/Hidden.java", "package app.shown; record Hidden(String id) {}"),
                source("app/shown/Holder.java", "package app.shown; public record Holder(Hidden hidden) {}"),
                source("app/opened/Opened.java", "package app.opened; record Opened(String id) {}"),
                source("app/kept/Kept.java", "package app.kept; public record Kept(String id) {}"));
        var modules = modules();
        var arguments = new ArrayList<>(
                List.of("-proc:none", "-d", folder.resolve("classes").toString(), "--module-path"));
        arguments.add(String.join(
                File.pathSeparator, modules.stream().map(Path::toString).toList()));
        arguments.addAll(sources);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        assertThat(status).isZero();
        modules.add(folder.resolve("classes"));
        var configuration = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(modules.toArray(new Path[0])), ModuleFinder.of(), Set.of("app"));
        loader = ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
                .findLoader("app");
    }

    private static String source(String name, String text) {
        try {
            var file = folder.resolve("sources").resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> modules() {
        var modules = new ArrayList<Path>();
        var entries = new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
        while (entries.hasMoreTokens()) {
            var entry = Path.of(entries.nextToken());
            if (isNeeded(entry)) {
                modules.add(entry);
            }
        }
        return modules;
    }

    private static boolean isNeeded(Path entry) {
        try {
            return ModuleFinder.of(entry).findAll().stream()
                    .map(module -> module.descriptor().name())
                    .anyMatch(name -> name.startsWith("dev.countermark")
                            || name.contains("jackson")
                            || name.equals("org.jspecify"));
        } catch (FindException e) {
            // no module, and so none of ours
            return false;
        }
    }

    private static String roundTrip(String type) throws Exception {
        var main = loader.loadClass("app.Main").getMethod("roundTrip", Class.class, String.class);
        try {
            return (String) main.invoke(null, loader.loadClass(type), "{\"id\":\"a\"}");
        } catch (java.lang.reflect.InvocationTargetException e) {
            return e.getCause().getClass().getSimpleName() + ": " + e.getCause().getMessage();
        }
    }

    @Test
    void a_public_record_in_an_exported_package_is_bound() throws Exception {
        assertThat(roundTrip("app.shown.Shown")).isEqualTo("{\"id\":\"a\"}");
    }

    @Test
    void a_hidden_record_in_an_open_package_is_bound() throws Exception {
        assertThat(roundTrip("app.opened.Opened")).isEqualTo("{\"id\":\"a\"}");
    }

    @Test
    void a_record_that_jackson_cannot_reach_fails_when_the_codec_is_made() throws Exception {
        for (var type : List.of("app.shown.Hidden", "app.shown.Holder", "app.kept.Kept")) {
            assertThat(roundTrip(type))
                    .startsWith("IllegalArgumentException: JSON cannot be bound to " + type)
                    .contains("is hidden from Jackson; make it public in an exported package");
        }
    }
}
