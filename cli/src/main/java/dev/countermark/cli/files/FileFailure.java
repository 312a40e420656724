package dev.countermark.cli.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written: the system's exceptions often say its name alone. */
public final class FileFailure {

    private FileFailure() {}

    /** A few words, without the file's name. */
    public static String why(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "this user may not";
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return "there is a file of this name";
        }
        if (failure instanceof FileSystemException file) {
            return file.getReason() == null ? "the system does not say why" : file.getReason();
        }
        return failure.getMessage() == null ? "the system does not say why" : failure.getMessage();
    }
}
