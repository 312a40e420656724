package dev.countermark.server.serve;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.core.env.Environment;

/** Certificate and key of a server, where properties name their files: the server's own, or those of its bundle. */
final class TlsSettings {

    /** {@code classpath:} and the like. */
    private static final Pattern ELSEWHERE = Pattern.compile("[a-zA-Z0-9]{2,}:.*");

    private TlsSettings() {}

    /**
     * Sees that both can be read and belong together, and that this Java has the ciphers and protocols.
     *
     * @param server what the properties of the server's TLS begin with
     * @throws StartFailure if not; it names property and file
     */
    static void requireUsable(Environment environment, String server) {
        if (environment.getProperty(server + ".enabled", "true").equals("false")) {
            return;
        }
        TlsChoices.requireKnown(environment, server);
        var bundle = environment.getProperty(server + ".bundle");
        if (bundle == null) {
            require(environment, server + ".certificate", server + ".certificate-private-key", server + ".none");
        } else {
            var store = "spring.ssl.bundle.pem." + bundle + ".keystore.";
            require(environment, store + "certificate", store + "private-key", store + "private-key-password");
        }
    }

    private static void require(Environment environment, String certificate, String key, String password) {
        var chain = environment.getProperty(certificate);
        var secret = environment.getProperty(key);
        if (chain == null && secret == null) {
            return;
        }
        if (chain == null || secret == null) {
            throw new StartFailure(
                    certificate + " and " + key + " belong together.", "Set both, to files that are PEM, or none.");
        }
        var files =
                file(chain).flatMap(first -> file(secret).map(second -> new TlsFiles(certificate, first, key, second)));
        try {
            files.ifPresent(both -> both.requireUsable(environment.getProperty(password)));
        } catch (IllegalArgumentException e) {
            throw new StartFailure(e.getMessage() + ".", "Mend the file, or name another one there.");
        }
    }

    /** The file that a property names; empty if it holds the PEM itself, or what is no file. */
    static Optional<Path> file(String location) {
        if (PemContent.isPresentInText(location)) {
            return Optional.empty();
        }
        if (location.startsWith("file:///")) {
            return Optional.of(Path.of(URI.create(location)));
        }
        var path = location.startsWith("file:") ? location.substring("file:".length()) : location;
        return ELSEWHERE.matcher(path).matches() ? Optional.empty() : Optional.of(Path.of(path));
    }
}
