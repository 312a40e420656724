package dev.countermark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The examples of README.md: its fenced blocks, by language. */
final class Readme {

    /** The top folder of the source tree. */
    static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("..")
            .normalize();

    private Readme() {}

    /** The blocks fenced as {@code language}, at least one. */
    static List<String> blocks(String language) throws IOException {
        var blocks = new ArrayList<String>();
        StringBuilder block = null;
        for (var line : Files.readAllLines(ROOT.resolve("README.md"))) {
            if (block == null && line.equals("```" + language)) {
                block = new StringBuilder();
            } else if (block != null && line.equals("```")) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        if (blocks.isEmpty()) {
            throw new IllegalStateException("README.md has no example in " + language);
        }
        return blocks;
    }
}
