package dev.countermark.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a request costs that does nothing: a servlet, as {@code /verify} is one, behind filters of security that permit
 * everything. Compiled and put beside the server's jar by {@code benchmarks/server.sh} only.
 */
@Configuration(proxyBeanMethods = false)
class EmptyHandler {

    @Bean
    ServletRegistrationBean<HttpServlet> empty() {
        return new ServletRegistrationBean<>(
                new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                        // 200, and nothing more.
                    }
                },
                "/empty");
    }
}
