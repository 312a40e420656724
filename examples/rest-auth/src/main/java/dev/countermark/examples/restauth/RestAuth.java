package dev.countermark.examples.restauth;

import dev.countermark.spring.security.ApiTokensConfigurer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.provisioning.UserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The application: who may come in, and how. */
@SpringBootApplication
public class RestAuth {

    /** Starts it, on port 8080 unless {@code --server.port} says otherwise. */
    public static void main(String[] args) {
        SpringApplication.run(RestAuth.class, args);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        http.authorizeHttpRequests(requests -> requests.requestMatchers("/api/users/**", "/error")
                .permitAll()
                // A token must not make tokens: a stolen one would never end.
                .requestMatchers("/api/token")
                .hasAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY)
                .anyRequest()
                .authenticated());
        http.httpBasic(basic -> {});
        http.with(ApiTokensConfigurer.apiTokens().basicUserName(true));
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.csrf(csrf -> csrf.disable());
        return http.build();
    }

    /** Users live as long as the process; tokens are kept in a file. */
    @Bean
    UserDetailsManager userDetailsManager() {
        return new InMemoryUserDetailsManager();
    }
}
