package dev.countermark.spring;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Spring Boot knows of the application's database, where Spring Boot has made its {@code DataSource}. */
@FunctionalInterface
interface ApplicationDatabase {

    /** The address in the configuration; empty when the application made its {@code DataSource} by itself. */
    Optional<DatabaseAddress> configured();

    /** Reads it from the connection details, which may come from the properties or from a container. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JdbcConnectionDetails.class)
    class FromConnectionDetails {

        @Bean
        ApplicationDatabase countermarkApplicationDatabase(ObjectProvider<JdbcConnectionDetails> details) {
            return () -> Optional.ofNullable(details.getIfUnique())
                    .map(found -> new DatabaseAddress(found.getJdbcUrl(), found.getUsername(), found.getPassword()));
        }
    }
}
