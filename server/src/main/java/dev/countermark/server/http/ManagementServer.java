package dev.countermark.server.http;

import org.springframework.context.annotation.Bean;

/**
 * The server of the management port has the limits and headers of the other one. Spring Boot finds this class by its
 * list of management configurations; in the application itself it would come too early.
 */
final class ManagementServer {

    @Bean
    JettySettings managementJettySettings() {
        return new JettySettings(false, (request, response, callback) -> false);
    }
}
