package dev.countermark.server.forward;

import dev.countermark.spring.ApiTokenChecker;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@code /verify} at its place, and everything below it: Envoy appends the path that its client asked for. */
@Configuration(proxyBeanMethods = false)
class ForwardConfiguration {

    @Bean
    ServletRegistrationBean<VerifyServlet> verifyServlet(ApiTokenChecker checker) {
        var registration = new ServletRegistrationBean<>(new VerifyServlet(checker), "/verify", "/verify/*");
        registration.setName("verify");
        registration.setLoadOnStartup(1);
        return registration;
    }
}
