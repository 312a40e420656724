package dev.countermark.cli;

import picocli.CommandLine.Command;

/** Stands for the service in the help; the launcher starts the service itself, which is another program. */
@Command(
        name = "serve",
        description = {
            "Run the service: API tokens over HTTP, with an admin page.",
            "It is a program of its own, with options of its own: ./countermark serve --help"
        })
final class ServeCommand implements Runnable {

    @Override
    public void run() {
        throw new IllegalArgumentException(
                "the service is a program of its own; the launcher starts it: ./countermark serve");
    }
}
