package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.TokenStoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;

/** The file of a SQLite database: its owner reads and writes it, and nobody else. */
record SqliteFile(Path path) {

    private static final String SCHEME = "jdbc:sqlite:";
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    static SqliteFile of(String url) {
        var path = url.substring(SCHEME.length());
        if (path.indexOf('?') >= 0) {
            throw new TokenStoreException(
                    "the journal_mode of API tokens is always wal and their synchronous full, or what"
                            + " was acknowledged could be lost; remove everything from '?' on from the URL");
        }
        if (path.isEmpty() || path.startsWith(":")) {
            throw new TokenStoreException(
                    "a SQLite database without a plain file loses everything at the end; give a path: jdbc:sqlite:/…/tokens.db");
        }
        if (path.startsWith("file:")) {
            throw new TokenStoreException("give a plain path after jdbc:sqlite:, not a file: URI");
        }
        return new SqliteFile(Path.of(path).toAbsolutePath());
    }

    /**
     * What tells the file at the path from one that takes its place; the same for all where a file system cannot say.
     *
     * @throws SQLException if there is none: opening it would make an empty one
     */
    Object identity() throws SQLException {
        try {
            var key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key == null ? path : key;
        } catch (IOException e) {
            throw new SQLException("the file of the database is gone: " + path, e);
        }
    }

    /** Makes the file if there is none, and refuses one that others may read or that belongs to another user. */
    void secure() {
        var folder = Objects.requireNonNull(path.getParent(), "a folder is no file");
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            try {
                Files.createFile(path, PosixFilePermissions.asFileAttribute(PRIVATE));
            } catch (FileAlreadyExistsException e) {
                requirePrivate();
            }
        } catch (UnsupportedOperationException e) {
            // A file system without owners: nothing to check, and nothing to rely on.
            return;
        } catch (IOException e) {
            throw new TokenStoreException("cannot open " + path + ": " + why(e), e);
        }
    }

    private static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "this user may not write there";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file stands where its folder should be";
        }
        return e instanceof NoSuchFileException
                ? "its folder cannot be made"
                : "the file system refuses it (" + e.getClass().getSimpleName() + ")";
    }

    private void requirePrivate() throws IOException {
        if (Files.isDirectory(path)) {
            throw new TokenStoreException(path + " is a folder; give the path of a file");
        }
        if (!PRIVATE.containsAll(Files.getPosixFilePermissions(path))) {
            throw new TokenStoreException(
                    path + " can be read by other users; allow only its owner: chmod 600 " + path.getFileName());
        }
        var probe = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".owner");
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(path))) {
                throw new TokenStoreException(path + " belongs to " + Files.getOwner(path)
                        + "; run as that user, so that both can write the log beside it");
            }
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
