package dev.countermark.server.serve;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.DataFolder;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.TokenStoreException;
import dev.countermark.spring.ApiTokensProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The keys of the data folder, and what is said before the port opens. */
@Configuration(proxyBeanMethods = false)
class ServeConfiguration {

    @Bean
    @Conditional(GivenKeys.Absent.class)
    KeySource keysOfTheDataFolder(TokenStore store, ApiTokensProperties properties) {
        var keys = new DataFolder(properties.dataFolder().toPath()).keys();
        try {
            DataFolder.makeKeyOnce(store, keys);
        } catch (TokenStoreException e) {
            throw new StartFailure(
                    "There are no keys at " + keys.path()
                            + ", and this database is not new or not this machine's alone.",
                    "Copy the file of keys from another node or a backup, and name it with --keys. For a new database, make"
                            + " one with: countermark keys add --keys FILE");
        }
        return keys;
    }

    @Bean
    FirstStart firstStart(ApiTokens tokens, Environment environment, ApiTokensProperties properties) {
        var place = Place.of(properties.dataFolder().toPath(), environment);
        return new FirstStart(tokens, Address.of(environment), place, System.out);
    }

    @Bean
    Listening listening(Environment environment, ApiTokensProperties properties) {
        return new Listening(Address.of(environment), properties.dataFolder().toPath());
    }

    @Bean
    TlsReload tlsReload(SslBundles bundles, Environment environment) {
        return new TlsReload(bundles, environment);
    }
}
