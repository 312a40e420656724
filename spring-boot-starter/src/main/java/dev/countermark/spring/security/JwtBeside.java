package dev.countermark.spring.security;

import java.util.Optional;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.util.ClassUtils;

/** What checks JWTs in an application with a {@link JwtDecoder}. */
final class JwtBeside {

    private static final boolean PRESENT = ClassUtils.isPresent(
            "org.springframework.security.oauth2.jwt.JwtDecoder", JwtBeside.class.getClassLoader());

    private JwtBeside() {}

    static Optional<AuthenticationProvider> in(ApplicationContext context) {
        return PRESENT ? Provider.in(context) : Optional.empty();
    }

    /** Loaded only where the classes are. */
    private static final class Provider {

        static Optional<AuthenticationProvider> in(ApplicationContext context) {
            return Optional.ofNullable(context.getBeanProvider(JwtDecoder.class).getIfAvailable())
                    .map(decoder -> {
                        var provider = new JwtAuthenticationProvider(decoder);
                        context.getBeanProvider(JwtAuthenticationConverter.class)
                                .ifUnique(provider::setJwtAuthenticationConverter);
                        return provider;
                    });
        }
    }
}
