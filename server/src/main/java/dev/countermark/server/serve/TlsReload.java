package dev.countermark.server.serve;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;

/**
 * Serves a new certificate once the files of the server, or those of its bundle, have changed, which Spring Boot does for other
 * servers than Jetty, and for bundles only. Connections that exist go on; a certificate that cannot be used leaves the one
 * before in place.
 */
final class TlsReload implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

    private final SslBundles bundles;
    private final Environment environment;

    TlsReload(SslBundles bundles, Environment environment) {
        this.bundles = bundles;
        this.environment = environment;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        var name = environment.getProperty("server.ssl.bundle");
        if (name != null) {
            factory.addServerCustomizers(server -> follow(server, name));
        } else if (environment.containsProperty(TlsSettings.WATCHED + "certificate")) {
            factory.addServerCustomizers(server -> follow(server, TlsSettings.WATCHED_BUNDLE));
        }
    }

    private void follow(Server server, String name) {
        for (var connector : server.getConnectors()) {
            var tls = connector.getConnectionFactory(SslConnectionFactory.class);
            if (tls != null) {
                bundles.addBundleUpdateHandler(name, bundle -> reload(tls.getSslContextFactory(), bundle));
            }
        }
    }

    private void reload(SslContextFactory.Server tls, SslBundle bundle) {
        try {
            // Jetty drops what it has before it looks at what is new.
            TlsSettings.requireUsable(environment, "server.ssl");
            bundle.createSslContext();
            tls.reload(factory -> {
                var stores = bundle.getStores();
                factory.setKeyStore(stores.getKeyStore());
                if (stores.getTrustStore() != null) {
                    factory.setTrustStore(stores.getTrustStore());
                }
            });
            LOG.info("serving the new certificate");
        } catch (StartFailure e) {
            LOG.error("the certificate has changed and cannot be used, the one before goes on: {}", e.getMessage());
        } catch (Exception e) {
            // Its message could hold a piece of the key.
            LOG.error("the certificate has changed and cannot be used, the one before goes on");
        }
    }
}
