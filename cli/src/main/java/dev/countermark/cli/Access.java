package dev.countermark.cli;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.TokenStore;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The way to API tokens: through a server's HTTP API where one is named, else to the database here. */
final class Access {

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    StoreOptions store() {
        return store;
    }

    RemoteOptions remote() {
        return remote;
    }

    /**
     * The server to ask; empty where the database here counts. What was named on the command line precedes the environment.
     *
     * @throws IllegalArgumentException if both were named there, or the address is none
     */
    Optional<RemoteAddress> server(Surroundings surroundings) {
        if (remote.isNamed() && store.isNamed()) {
            throw new IllegalArgumentException(
                    "with --url the server has database and keys; leave --data, --database-url and --keys out");
        }
        return store.isNamed() ? Optional.empty() : remote.address(surroundings);
    }

    /** Asks the server, or starts a node on the store here. */
    int onTokens(Surroundings surroundings, RemoteOptions.Work there, StoreOptions.Work<ApiTokens> here)
            throws IOException {
        var server = server(surroundings);
        return server.isPresent()
                ? remote.ask(server.get(), surroundings, there)
                : store.withTokens(surroundings, here);
    }

    /** Asks the server, or opens the store here. */
    int onStore(Surroundings surroundings, RemoteOptions.Work there, StoreOptions.Work<TokenStore> here)
            throws IOException {
        var server = server(surroundings);
        return server.isPresent() ? remote.ask(server.get(), surroundings, there) : store.withStore(surroundings, here);
    }
}
