package dev.countermark.spring;

import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.TokenStoreException;
import dev.countermark.apitokens.jdbc.JdbcTokenStore;
import java.io.File;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The store of tokens: where the properties say, else the application's database, else a file of our own. */
@Configuration(proxyBeanMethods = false)
@Import(ApplicationDatabase.FromConnectionDetails.class)
class TokenStoreConfiguration {

    private static final String REMEDY =
            "Set countermark.api-tokens.file to keep the tokens in a SQLite file of their own, or"
                    + " countermark.api-tokens.url to a PostgreSQL database, or countermark.api-tokens.stateless=true to do"
                    + " without a store.";

    @Bean
    @ConditionalOnMissingBean
    TokenStore countermarkTokenStore(
            ApiTokensProperties properties,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<ApplicationDatabase> configured) {
        var address = address(properties, dataSources, configured);
        if (!address.isSupported()) {
            throw new StartFailure(
                    "The application's DataSource is a database of the kind '" + address.kind()
                            + "'; API tokens are kept in SQLite or PostgreSQL and in no other.",
                    REMEDY);
        }
        var username = address.username();
        var password = address.password();
        try {
            return username == null || address.kind().equals("sqlite")
                    ? JdbcTokenStore.open(address.url())
                    : JdbcTokenStore.open(address.url(), username, password == null ? "" : password);
        } catch (TokenStoreException e) {
            throw unusable(e);
        }
    }

    static StartFailure unusable(TokenStoreException e) {
        return new StartFailure(
                "The database of the API tokens cannot be used: " + e.getMessage() + ".",
                "Mend the database, or use another. " + REMEDY,
                e);
    }

    private static DatabaseAddress address(
            ApiTokensProperties properties,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<ApplicationDatabase> configured) {
        var url = properties.url();
        var file = properties.file();
        if (url != null && file != null) {
            throw new StartFailure(
                    "Both countermark.api-tokens.url and countermark.api-tokens.file are set.", "Keep one of them.");
        }
        if (url != null) {
            return new DatabaseAddress(url, properties.username(), properties.password());
        }
        if (file != null) {
            return inFile(file);
        }
        if (dataSources.stream().findAny().isEmpty()) {
            return inFile(new File(properties.dataFolder(), "tokens.db"));
        }
        var source = dataSources.getIfUnique();
        if (source == null) {
            throw new StartFailure("The application has several DataSources and none is primary.", REMEDY);
        }
        return DatabaseAddress.of(source)
                .or(() -> configured.stream().findFirst().flatMap(ApplicationDatabase::configured))
                .orElseThrow(() -> new StartFailure(
                        "The application's DataSource does not tell where its database is, or how to log in.", REMEDY));
    }

    private static DatabaseAddress inFile(File file) {
        return new DatabaseAddress("jdbc:sqlite:" + file.getAbsolutePath(), null, null);
    }
}
