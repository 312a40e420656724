package dev.countermark.apitokens;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Files and folders that only their owner reads, where the file system knows owners.
 *
 * <p>The command's {@code PrivateFile} makes such files too: a class about files is no promise for this library to make, and
 * the command sees of it only what is public.
 */
final class PrivateFiles {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, owner("rwx------"));
        }
    }

    /** Writes a whole file at once: a reader sees the old text or the new. */
    static void replace(Path file, String text) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a folder is no file");
        createFolder(folder);
        var draft = Files.createTempFile(folder, file.getFileName().toString(), ".tmp", owner("rw-------"));
        try {
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    static FileAttribute<?>[] owner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
