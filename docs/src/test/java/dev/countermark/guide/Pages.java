package dev.countermark.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** README.md and the pages of the guide, as their fenced blocks. */
final class Pages {

    /** The top folder of the source tree. */
    static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("..")
            .normalize();

    static final Path GUIDE = ROOT.resolve("docs/guide");

    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");

    /**
     * A fenced block.
     *
     * @param page file name of the page
     * @param line where its first line stands, from 1
     * @param language what stands behind the fence, or nothing
     */
    record Block(String page, int line, String language, String text) {

        /** A name for its class, for instance {@code Jwt7}. */
        String name() {
            var words = page.substring(0, page.indexOf('.')).split("-", -1);
            return Arrays.stream(words)
                            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                            .collect(Collectors.joining())
                    + line;
        }

        /** What the comments behind its printing lines promise, in order; those in a catch block say something else. */
        List<String> promised() {
            var promised = new ArrayList<String>();
            boolean caught = false;
            for (var line : text.lines().toList()) {
                caught = line.startsWith("} catch") || caught && !line.startsWith("}");
                int comment = line.lastIndexOf("// ");
                if (!caught && comment > 0 && line.contains("println")) {
                    promised.add(line.substring(comment + 3));
                }
            }
            return promised;
        }

        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    private Pages() {}

    /** README.md first, then the guide by name. */
    static List<Path> all() throws IOException {
        try (var guide = Files.list(GUIDE)) {
            var pages = guide.filter(file -> file.toString().endsWith(".md")).sorted();
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages).toList();
        }
    }

    /** These, and every other page of the tree that somebody wrote. */
    static List<Path> everywhere() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches(".*(^|/)(target|\\.git)/.*"))
                    .sorted()
                    .toList();
        }
    }

    /** Every block in {@code language}, but for those that need more than this module has. */
    static List<Block> blocks(String language) throws IOException {
        var blocks = all().stream()
                .flatMap(page -> blocks(page).stream())
                .filter(block -> block.language().equals(language) && !OtherTests.run(block))
                .toList();
        if (blocks.isEmpty()) {
            throw new IllegalStateException("no page has an example in " + language);
        }
        return blocks;
    }

    /** The blocks of one page in {@code language}, in order. */
    static List<String> blocks(String page, String language) {
        return blocks(GUIDE.resolve(page)).stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    static List<Block> blocks(Path page) {
        var blocks = new ArrayList<Block>();
        int number = 0;
        int first = 0;
        String language = null;
        var text = new StringBuilder();
        for (var line : lines(page)) {
            number++;
            if (language == null && line.startsWith("```")) {
                language = line.substring(3);
                first = number + 1;
                text.setLength(0);
            } else if (language != null && line.equals("```")) {
                blocks.add(new Block(page.getFileName().toString(), first, language, text.toString()));
                language = null;
            } else if (language != null) {
                text.append(line).append('\n');
            }
        }
        if (language != null) {
            throw new IllegalStateException(page + ":" + first + " opens a fence that never closes");
        }
        return blocks;
    }

    /** A page without its blocks. */
    static String prose(Path page) {
        return FENCED.matcher(String.join("\n", lines(page))).replaceAll("");
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
