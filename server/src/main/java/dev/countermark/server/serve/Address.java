package dev.countermark.server.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.springframework.core.env.Environment;

/**
 * Where the service listens.
 *
 * @param host what to listen on, as configured
 * @param port 0 for any that is free
 * @param tls whether with HTTPS
 * @param behindProxy whether a reverse proxy stands in front
 * @param managementPort port of health and metrics; -1 for none
 */
record Address(String host, int port, boolean tls, boolean behindProxy, int managementPort) {

    static Address of(Environment environment) {
        boolean tls = environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && (environment.containsProperty("server.ssl.certificate")
                        || environment.containsProperty("server.ssl.key-store")
                        || environment.containsProperty("server.ssl.bundle"));
        return new Address(
                environment.getProperty("server.address", "127.0.0.1"),
                environment.getProperty("server.port", Integer.class, 8080),
                tls,
                environment.getProperty("countermark.server.behind-proxy", Boolean.class, false),
                environment.getProperty("management.server.port", Integer.class, -1));
    }

    /** Whether other machines could read tokens on their way: neither loopback, nor TLS, nor behind a proxy. */
    boolean isExposed() {
        try {
            return !tls
                    && !behindProxy
                    && (host.isBlank() || !InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            throw new StartFailure(
                    "The address " + host + " is none of this machine.", "Give another one with --bind.");
        }
    }

    /**
     * Sees that the service could listen here now.
     *
     * @throws StartFailure if another process has the port, or it may not be had
     */
    void requireFree() {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(host.isBlank() ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new StartFailure(
                    "It cannot listen on " + (host.isBlank() ? "port " : host + ":") + port + ": " + e.getMessage()
                            + ".",
                    "Give another port with --port, or stop what listens there.");
        }
    }

    /** The address for a client on this machine. */
    String url(int realPort) {
        return url(tls, host, realPort);
    }

    static String url(boolean tls, String host, int realPort) {
        boolean any = host.equals("0.0.0.0") || host.equals("::") || host.isBlank();
        var name = any ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return (tls ? "https://" : "http://") + name + ":" + realPort;
    }
}
