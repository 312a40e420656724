package dev.countermark.cli.remote;

import dev.countermark.cli.files.PrivateFile;
import dev.countermark.cli.terminal.Lines;
import dev.countermark.cli.terminal.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server to ask in place of a database here, and the token to ask it with. */
public final class RemoteOptions {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,4096}");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "Ask a server over its HTTP API instead of the database: https://tokens.example; else COUNTERMARK_URL,"
                        + " unless --data, --database-url or --keys is given.",
                "The token to ask with: COUNTERMARK_TOKEN, or --token-file."
            })
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "With --url: a file with the token to ask with, or - for the first line of standard input.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--allow-plain-http",
            description = "With --url: send the token to another machine over http, where others can read it.")
    private boolean plainAllowed;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "With --url: trust the authorities whose certificates are in this file (PEM), and no others.")
    private @Nullable Path authorities;

    /** What to ask of a server. */
    @FunctionalInterface
    public interface Work {

        /** Asks it; the answer is an exit code. */
        int on(Remote server) throws IOException;
    }

    /** Whether a server was named on the command line. */
    public boolean isNamed() {
        return url != null;
    }

    /**
     * The address of the server, from the command line or the environment; empty if neither names one.
     *
     * @throws IllegalArgumentException if it is none, or a token on its way there could be read by others
     */
    public Optional<RemoteAddress> address(Surroundings surroundings) {
        var text = url != null ? url : surroundings.variables().getOrDefault("COUNTERMARK_URL", "");
        if (text.isEmpty() && url == null) {
            return Optional.empty();
        }
        var address = RemoteAddress.of(text, plainAllowed);
        if (authorities != null && !address.tls()) {
            throw new IllegalArgumentException("--ca is for an address that begins with https://");
        }
        return Optional.of(address);
    }

    /**
     * A client that trusts the authorities of {@code --ca}, or those of the machine, and follows no redirect.
     *
     * @throws IllegalArgumentException if there is no certificate in that file
     */
    public HttpClient client() {
        var client = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
        return (authorities == null ? client : client.sslContext(TrustedAuthorities.in(authorities))).build();
    }

    /** Asks the server; what fails becomes a line and an exit code. */
    public int ask(RemoteAddress address, Surroundings surroundings, Work work) throws IOException {
        try {
            return work.on(new Remote(address, client(), token(surroundings)));
        } catch (RemoteFailure e) {
            surroundings.note(String.valueOf(e.getMessage()));
            return e.exitCode();
        }
    }

    /** Whether there is a token to ask with. */
    public boolean hasToken(Surroundings surroundings) {
        return tokenFile != null
                || !surroundings
                        .variables()
                        .getOrDefault("COUNTERMARK_TOKEN", "")
                        .isEmpty();
    }

    /**
     * The token to ask with.
     *
     * @throws IllegalArgumentException if there is none, or no token; the message does not hold it
     */
    public String token(Surroundings surroundings) throws IOException {
        var token = (tokenFile == null
                        ? surroundings.variables().getOrDefault("COUNTERMARK_TOKEN", "")
                        : read(tokenFile, surroundings))
                .strip();
        if (token.isEmpty()) {
            throw new IllegalArgumentException(
                    "a server is asked with a token: put it into COUNTERMARK_TOKEN or name its file with --token-file");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("what is to be asked with is no bearer token");
        }
        return token;
    }

    private static String read(Path file, Surroundings surroundings) throws IOException {
        if (file.toString().equals("-")) {
            return firstLine(surroundings.in());
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("the file " + file + " cannot be read");
        }
        PrivateFile.warnIfOpen(file, surroundings);
        try (var in = Files.newInputStream(file)) {
            return firstLine(in);
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        var line = new Lines(in).next();
        return line.isPresent() && line.get() instanceof Lines.Text text ? text.text() : "";
    }
}
