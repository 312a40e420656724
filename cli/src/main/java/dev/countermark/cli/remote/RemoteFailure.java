package dev.countermark.cli.remote;

import java.io.IOException;

/** A request that a server did not fulfil, in one line, with the exit code it leads to. */
public final class RemoteFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    RemoteFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
