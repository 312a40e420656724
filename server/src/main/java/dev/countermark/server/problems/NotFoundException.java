package dev.countermark.server.problems;

/** Thrown for what is not there, or is not the caller's to see: the answers are the same to the byte. */
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
