package dev.countermark.server.serve;

import java.nio.file.Path;
import java.util.Objects;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Logs where the service answers, once it does, and that it has stopped. */
final class Listening implements ApplicationListener<WebServerInitializedEvent>, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final Address address;
    private final Path folder;

    Listening(Address address, Path folder) {
        this.address = address;
        this.folder = folder;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        int port = event.getWebServer().getPort();
        if (event.getApplicationContext().getServerNamespace() == null) {
            LOG.atInfo().addKeyValue("data_folder", folder).log("listening on {}", address.url(port));
        } else {
            LOG.info("health and metrics on {}", managementUrl((JettyWebServer) event.getWebServer()));
        }
    }

    /** As it is, not as it is configured: without settings of its own this port has the TLS of the other one. */
    private static String managementUrl(JettyWebServer server) {
        var connector = (ServerConnector) server.getServer().getConnectors()[0];
        boolean tls = connector.getProtocols().contains("ssl");
        return Address.url(tls, Objects.requireNonNullElse(connector.getHost(), ""), server.getPort());
    }

    @Override
    public void destroy() {
        LOG.info("stopped");
    }
}
