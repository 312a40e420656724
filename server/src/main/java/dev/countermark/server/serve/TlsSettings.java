package dev.countermark.server.serve;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.core.env.Environment;

/** Certificate and key of a server, where properties name their files: the server's own, or those of its bundle. */
final class TlsSettings {

    /** {@code classpath:} and the like. */
    private static final Pattern ELSEWHERE = Pattern.compile("[a-zA-Z0-9]{2,}:.*");

    /** The files that {@code server.ssl} names as a bundle that nobody serves: so they are watched. */
    static final String WATCHED_BUNDLE = "countermark-server-files";

    /** What the properties of its certificate and key begin with. */
    static final String WATCHED = "spring.ssl.bundle.pem." + WATCHED_BUNDLE + ".keystore.";

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

    /**
     * Properties that have the server's own certificate and key watched, if they are files. They do not say how to serve: what
     * stands under {@code server.ssl} beside them, such as ciphers, stays as it is.
     */
    static Map<String, Object> watching(Environment environment) {
        var chain = environment.getProperty("server.ssl.certificate");
        var secret = environment.getProperty("server.ssl.certificate-private-key");
        if (environment.containsProperty("server.ssl.bundle")
                || chain == null
                || secret == null
                || environment.getProperty("server.ssl.enabled", "true").equals("false")
                || file(chain).isEmpty()
                || file(secret).isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "spring.ssl.bundle.pem." + WATCHED_BUNDLE + ".reload-on-update",
                "true",
                WATCHED + "certificate",
                chain,
                WATCHED + "private-key",
                secret);
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
