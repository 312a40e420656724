package dev.countermark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The examples of README.md and of the guide: their fenced blocks, by language. */
final class Readme {

    /** The top folder of the source tree. */
    static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("..")
            .normalize();

    /** Page whose examples need Spring: they are compiled in the starter. */
    private static final String SPRING_PAGE = "spring-boot.md";

    private Readme() {}

    /** The blocks fenced as {@code language}, at least one. */
    static List<String> blocks(String language) throws IOException {
        var blocks = blocks(ROOT.resolve("README.md"), language);
        if (blocks.isEmpty()) {
            throw new IllegalStateException("README.md has no example in " + language);
        }
        return blocks;
    }

    /** The blocks fenced as {@code language} on all other pages of the guide, at least one. */
    static List<String> guideBlocks(String language) throws IOException {
        var blocks = new ArrayList<String>();
        try (var pages = Files.newDirectoryStream(ROOT.resolve("docs/guide"), "*.md")) {
            for (var page : pages) {
                if (!page.endsWith(SPRING_PAGE)) {
                    blocks.addAll(blocks(page, language));
                }
            }
        }
        if (blocks.isEmpty()) {
            throw new IllegalStateException("the guide has no example in " + language);
        }
        return blocks;
    }

    private static List<String> blocks(Path page, String language) throws IOException {
        var blocks = new ArrayList<String>();
        StringBuilder block = null;
        for (var line : Files.readAllLines(page)) {
            if (block == null && line.equals("```" + language)) {
                block = new StringBuilder();
            } else if (block != null && line.equals("```")) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }
}
