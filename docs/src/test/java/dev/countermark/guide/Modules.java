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
                .filter(module -> Files.isDirectory(main(module)))
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

    private static Path main(String module) {
        return Pages.ROOT.resolve(module).resolve("src/main");
    }

    /** Every source of {@code module}, in {@code src/main/java} and beside it. */
    static List<Path> sources(String module) throws IOException {
        try (var files = Files.walk(main(module))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** Names of the packages in which {@code module} has a class. */
    static Set<String> packages(String module) throws IOException {
        var packages = new TreeSet<String>();
        for (var source : sources(module)) {
            if (!source.endsWith("package-info.java") && !source.endsWith("module-info.java")) {
                var inFolder = main(module).relativize(source.getParent());
                packages.add(
                        inFolder.subpath(1, inFolder.getNameCount()).toString().replace('/', '.'));
            }
        }
        return packages;
    }

    /** Where the comment of a package is. */
    static Path packageInfo(String module, String name) {
        return main(module).resolve("java").resolve(name.replace('.', '/')).resolve("package-info.java");
    }
}
