package dev.countermark.apitokens;

import dev.countermark.apitokens.FeedMemory.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code feed} of a data folder, replaced whole: a line with number, incarnation and its mark, and one with
 * number, mark and end of every witness.
 */
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
            var first = new StringTokenizer(lines.get(0), " ");
            long number = Long.parseLong(first.nextToken());
            long incarnation = Long.parseLong(first.nextToken());
            var mark = first.nextToken();
            var witnesses = lines.subList(1, lines.size()).stream()
                    .map(FeedFile::witness)
                    .toList();
            return new FeedMemory(number, witnesses, incarnation, mark);
        } catch (RuntimeException e) {
            throw new TokenStoreException(
                    file + " is damaged; delete it if you know that the database was not restored", e);
        }
    }

    private static Witness witness(String line) {
        var words = new StringTokenizer(line, " ");
        return new Witness(
                Long.parseLong(words.nextToken()),
                words.nextToken(),
                Instant.ofEpochSecond(Long.parseLong(words.nextToken())));
    }

    /**
     * A file that cannot be written is left as it was: it then remembers less, and nothing wrong. So is one in which
     * another process of this folder remembers more.
     */
    @Override
    public synchronized void save(FeedMemory memory) {
        if (memory.equals(saved)) {
            return;
        }
        var text = new StringBuilder()
                .append(memory.number() + " " + memory.incarnation() + " " + memory.incarnationMark() + "\n");
        for (var witness : memory.witnesses()) {
            text.append(witness.number() + " " + witness.mark() + " "
                    + witness.keepUntil().getEpochSecond() + "\n");
        }
        try {
            if (!isBehind(memory)) {
                PrivateFiles.replace(file, text.toString());
            }
            saved = memory;
        } catch (IOException e) {
            saved = null;
        }
    }

    private boolean isBehind(FeedMemory memory) throws IOException {
        try {
            var there = parse(Files.readAllLines(file));
            return there.incarnationMark().equals(memory.incarnationMark()) && there.number() > memory.number();
        } catch (NoSuchFileException | TokenStoreException e) {
            return false;
        }
    }
}
