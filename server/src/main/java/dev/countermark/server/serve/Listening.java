package dev.countermark.server.serve;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Logs where the service answers, once it does. */
final class Listening implements ApplicationListener<WebServerInitializedEvent> {

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
            LOG.info("health and metrics on port {}", port);
        }
    }
}
