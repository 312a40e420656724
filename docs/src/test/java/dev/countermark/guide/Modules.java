package dev.countermark.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the root pom builds: folders of modules, and the packages in them. */
final class Modules {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    /** Built in a profile, apart from the others. */
    static final String BENCHMARKS = "benchmarks";

    private Modules() {}

    /** Every module with production code, as a folder below the root. */
    static List<String> all() throws IOException {
        var pom = Files.readString(Pages.ROOT.resolve("pom.xml"));
        return MODULE.matcher(pom)
                .results()
                .map(found -> found.group(1))
                .filter(module -> Files.isDirectory(sources(module)))
                .toList();
    }

    /** Modules of the default build in which there can be a circle. */
    static List<String> withSeveralPackages() throws IOException {
        var several = new ArrayList<String>();
        for (var module : all()) {
            if (!module.equals(BENCHMARKS) && packages(module).size() > 1) {
                several.add(module);
            }
        }
        return several;
    }

    static Path sources(String module) {
        return Pages.ROOT.resolve(module).resolve("src/main/java");
    }

    /** Names of the packages in which {@code module} has a class. */
    static Set<String> packages(String module) throws IOException {
        var root = sources(module);
        var packages = new TreeSet<String>();
        try (var files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
                    .forEach(file -> packages.add(
                            root.relativize(file.getParent()).toString().replace('/', '.')));
        }
        return packages;
    }
}
