package dev.countermark.cli.sign;

import dev.countermark.cli.files.FileFailure;
import dev.countermark.cli.files.PrivateFile;
import dev.countermark.cli.formats.KeyText;
import dev.countermark.cli.formats.TokenFormat;
import dev.countermark.cli.terminal.Surroundings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the keys come from: options, files, the environment, or the data folder. */
final class KeyOptions {

    /** A file of keys larger than this is another file. */
    private static final long FILE_LIMIT = 1 << 20;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = {
                "A key, repeatable. In our own formats the first signs and the others only verify; in itsdangerous'"
                        + " formats the last signs.",
                "Other users of the machine can read a command line: prefer --key-file or COUNTERMARK_KEY."
            })
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file with one key a line, repeatable; its keys follow those of --key.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--key-encoding",
            paramLabel = "ENCODING",
            description = "How keys are written: base64 (our own formats), text (the others), or hex.")
    private KeyText.@Nullable Encoding encoding;

    /** Whether the user gave a key. */
    boolean given(Surroundings surroundings) {
        return !keys.isEmpty() || !files.isEmpty() || !variable(surroundings).isEmpty();
    }

    private static String variable(Surroundings surroundings) {
        return surroundings.variables().getOrDefault("COUNTERMARK_KEY", "");
    }

    /**
     * The keys, at least one, in the order given; the one of the data folder, made when it is not there, if none was given
     * and the format is our own.
     */
    List<KeyText> read(Surroundings surroundings, TokenFormat format) throws IOException {
        var texts = new ArrayList<String>(keys);
        for (var file : files) {
            texts.addAll(keysIn(file, surroundings));
        }
        if (texts.isEmpty() && !variable(surroundings).isEmpty()) {
            texts.add(variable(surroundings));
        }
        if (!texts.isEmpty()) {
            return texts.stream()
                    .map(text -> new KeyText(text, Optional.ofNullable(encoding)))
                    .toList();
        }
        if (!format.usesOwnKey()) {
            throw new IllegalArgumentException(
                    "give the key of the other program with --key-file, COUNTERMARK_KEY or --key");
        }
        var own = new OwnKey(surroundings.variables());
        boolean made = own.makeKeyOnce();
        surroundings.note((made ? "made a new key in " : "using the key in ") + own.keyFile());
        return keysIn(own.keyFile(), surroundings).stream()
                .map(text -> new KeyText(text, Optional.of(KeyText.Encoding.BASE64)))
                .toList();
    }

    private static List<String> keysIn(Path file, Surroundings surroundings) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(file) > FILE_LIMIT) {
                throw new IllegalArgumentException(file + " is no file of keys: it is larger than 1 MiB");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file);
        } catch (IOException e) {
            throw new IOException("the keys in " + file + " cannot be read: " + FileFailure.why(e), e);
        }
        PrivateFile.warnIfOpen(file, surroundings);
        try {
            var lines = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .lines();
            var keys = lines.map(KeyOptions::withoutByteOrderMark)
                    .filter(line -> !line.isBlank())
                    .toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("there is no key in " + file);
            }
            return keys;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    file + " is not UTF-8; write the key as base64 and say --key-encoding base64");
        }
    }

    /** Editors put the mark in front of a file, and nobody sees it; as part of a key it would sign for nobody else. */
    private static String withoutByteOrderMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }
}
