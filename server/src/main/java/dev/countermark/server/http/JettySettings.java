package dev.countermark.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Limits of the HTTP server, and the headers that it adds to every answer.
 *
 * <p>A request takes a thread only once it is here as a whole, its body too, and its answer none: clients that drip bytes,
 * or do not read, cost a connection each.
 */
@Component
final class JettySettings implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    static final int HEADER_BYTES = 8 * 1024;
    static final int BODY_BYTES = 64 * 1024;
    private static final int WAITING_BYTES = 16 * 1024 * 1024;
    private static final int CONNECTIONS = 2000;
    private static final int SELECTORS = 4;
    private static final Duration ARRIVAL = Duration.ofSeconds(10);
    private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private final boolean behindProxy;
    private final PromptAnswer prompt;

    JettySettings(@Value("${countermark.server.behind-proxy:false}") boolean behindProxy, PromptAnswer prompt) {
        this.behindProxy = behindProxy;
        this.prompt = prompt;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        // Each answers /verify by itself: one for each processor, but few of the threads.
        factory.setSelectors(Math.min(SELECTORS, Runtime.getRuntime().availableProcessors()));
        factory.addServerCustomizers(this::limit);
    }

    private void limit(Server server) {
        for (var connector : server.getConnectors()) {
            if (connector instanceof ServerConnector tcp) {
                tcp.setIdleTimeout(IDLE_MILLIS);
                // With the 50 of Java, whoever comes beside a crowd is not heard, and asks again after 1, 3, 7 and 15
                // seconds.
                tcp.setAcceptQueueSize(CONNECTIONS);
            }
            connector.getConnectionFactories().stream()
                    .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                    .map(factory -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
                    .forEach(this::limit);
        }
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
        server.addBean(new SlowClients(server, ARRIVAL, ARRIVAL.multipliedBy(3)));
        var application = new LeavingAnswers(server.getHandler(), WAITING_BYTES, ARRIVAL.multipliedBy(3));
        server.setHandler(new Handover(prompt, new BodyLimits(application, BODY_BYTES, WAITING_BYTES)));
        server.setErrorHandler(new ServerErrors());
    }

    private void limit(HttpConfiguration http) {
        http.setRequestHeaderSize(HEADER_BYTES);
        // Room for headers that come again is 100 KB a connection, which is more than the heap for all that may be
        // open.
        http.setHeaderCacheSize(0);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        if (behindProxy) {
            http.addCustomizer(new ProxyHeaders());
        }
        http.addCustomizer(JettySettings::requirePath);
        http.addCustomizer((Request request, HttpFields.Mutable answer) -> {
            SecurityHeaders.write(request.isSecure(), answer);
            return request;
        });
    }

    /** Jetty sends {@code OPTIONS ?} on to a location that begins with two slashes, which is another host. */
    private static Request requirePath(Request request, HttpFields.Mutable answer) {
        var path = request.getHttpURI().getCanonicalPath();
        if (path != null && path.isEmpty()) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "no path");
        }
        return request;
    }
}
