package dev.countermark.apitokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file {@code feed} of a data folder: how far the node has read, in five lines. Replaced whole. */
final class FeedFile implements FeedMemory.Place {

    private final Path file;
    private @Nullable FeedMemory saved;

    FeedFile(Path dataFolder) {
        this.file = dataFolder.resolve("feed");
    }

    @Override
    public synchronized Optional<FeedMemory> load() {
        try {
            var lines = Files.readAllLines(file);
            saved = parse(lines);
            return Optional.of(saved);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private FeedMemory parse(List<String> lines) {
        try {
            return new FeedMemory(
                    Long.parseLong(lines.get(0)),
                    lines.get(1),
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2))),
                    Long.parseLong(lines.get(3)),
                    lines.get(4));
        } catch (RuntimeException e) {
            throw new TokenStoreException(
                    file + " is damaged; delete it if you know that the database was not restored", e);
        }
    }

    /** A file that cannot be written is left as it was: it then remembers less, and nothing wrong. */
    @Override
    public synchronized void save(FeedMemory memory) {
        if (memory.equals(saved)) {
            return;
        }
        var text = memory.number() + "\n" + memory.mark() + "\n"
                + memory.keepUntil().getEpochSecond() + "\n" + memory.incarnation() + "\n" + memory.incarnationMark()
                + "\n";
        try {
            PrivateFiles.replace(file, text);
            saved = memory;
        } catch (IOException e) {
            saved = null;
        }
    }
}
