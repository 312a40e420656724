package dev.countermark.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The public types of a module that objects are made of, found where the module's classes lie. */
final class PublicTypes {

    private PublicTypes() {}

    /** @param member any class of the module */
    static List<Class<?>> ofModuleOf(Class<?> member) {
        try {
            var place =
                    member.getProtectionDomain().getCodeSource().getLocation().toURI();
            if (Files.isDirectory(Path.of(place))) {
                return under(Path.of(place));
            }
            try (var jar = FileSystems.newFileSystem(URI.create("jar:" + place), Map.of())) {
                return under(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Class<?>> under(Path root) throws IOException {
        var types = new ArrayList<Class<?>>();
        try (var files = Files.walk(root)) {
            for (var file :
                    files.map(root::relativize).map(Path::toString).sorted().toList()) {
                if (file.startsWith("dev/countermark/") && file.endsWith(".class") && !file.endsWith("-info.class")) {
                    types.add(named(
                            file.substring(0, file.length() - ".class".length()).replace('/', '.')));
                }
            }
        }
        return types.stream().filter(PublicTypes::hasObjects).toList();
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, PublicTypes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Enums name themselves, interfaces have no objects of their own, and some classes have only static methods. */
    private static boolean hasObjects(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                return false;
            }
        }
        return !type.isEnum()
                && !type.isInterface()
                && !Enum.class.isAssignableFrom(type)
                && Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic());
    }
}
