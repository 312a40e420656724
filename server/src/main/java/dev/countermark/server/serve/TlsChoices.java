package dev.countermark.server.serve;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Ciphers and protocols that the settings choose: Jetty passes over a name that it does not know, and with no other one
 * refuses every client.
 */
final class TlsChoices {

    private TlsChoices() {}

    /**
     * Sees that this Java has all of them.
     *
     * @param server what the properties of the server's TLS begin with
     * @throws StartFailure if not; it names property and value
     */
    static void requireKnown(Environment environment, String server) {
        var bundle = environment.getProperty(server + ".bundle");
        var places = bundle == null
                ? List.of(server + ".")
                : List.of(
                        "spring.ssl.bundle.pem." + bundle + ".options.",
                        "spring.ssl.bundle.jks." + bundle + ".options.");
        try {
            var known = SSLContext.getDefault().createSSLEngine();
            for (var place : places) {
                require(environment, place + "ciphers", known.getSupportedCipherSuites(), "TLS_AES_256_GCM_SHA384");
                require(environment, place + "enabled-protocols", known.getSupportedProtocols(), "TLSv1.3");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static void require(Environment environment, String property, String[] known, String example) {
        var names = named(environment, property);
        if (names.isEmpty()) {
            return;
        }
        var all = List.of(known);
        for (var name : names) {
            if (!all.contains(name)) {
                throw new StartFailure(
                        property + ": this Java does not have '" + name + "'.",
                        "Give names as Java writes them, for instance " + example
                                + ", or leave it out for what is safe.");
            }
        }
    }

    private static List<String> named(Environment environment, String property) {
        try {
            return Binder.get(environment)
                    .bind(property, String[].class)
                    .map(names -> Stream.of(names).map(String::strip).toList())
                    .orElse(List.of());
        } catch (BindException e) {
            throw new StartFailure(property + " is no list of names.", "Write them with commas in between.");
        }
    }
}
