package dev.countermark.cli.files;

import dev.countermark.cli.terminal.Surroundings;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders of one owner, as far as the file system can say.
 *
 * <p>{@code PrivateFiles} of the API tokens makes such files too. To share it, that library about tokens would have to export
 * a class about files, and promise it to everybody.
 */
public final class PrivateFile {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private PrivateFile() {}

    /** With what a file is to be made. */
    public static FileAttribute<?>[] file() {
        return owned("rw-------");
    }

    /** With what a folder is to be made. */
    public static FileAttribute<?>[] folder() {
        return owned("rwx------");
    }

    private static FileAttribute<?>[] owned(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Whether somebody else than its owner may read or write a file. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return POSIX && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }

    /** Warns of a file with a secret that somebody else may read or write, and says how to mend it. */
    public static void warnIfOpen(Path file, Surroundings surroundings) throws IOException {
        if (isOpenToOthers(file)) {
            surroundings.note(
                    "warning: others on this machine may read or write " + file + "; mend it with: chmod 600 " + file);
        }
    }
}
