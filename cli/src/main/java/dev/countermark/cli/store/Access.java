package dev.countermark.cli.store;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.cli.remote.RemoteAddress;
import dev.countermark.cli.remote.RemoteOptions;
import dev.countermark.cli.terminal.Surroundings;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The way to API tokens: through a server's HTTP API where one is named, else to the database here. */
public final class Access {

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    /** Where the database here is. */
    public StoreOptions store() {
        return store;
    }

    /** Where a server is. */
    public RemoteOptions remote() {
        return remote;
    }

    /**
     * The server to ask; empty where the database here counts. What was named on the command line precedes the environment.
     *
     * @throws IllegalArgumentException if both were named there, or the address is none
     */
    public Optional<RemoteAddress> server(Surroundings surroundings) {
        if (remote.isNamed() && store.isNamed()) {
            throw new IllegalArgumentException(
                    "with --url the server has database and keys; leave --data, --database-url and --keys out");
        }
        return store.isNamed() ? Optional.empty() : remote.address(surroundings);
    }

    /** Asks the server, or starts a node on the store here. */
    public int onTokens(Surroundings surroundings, RemoteOptions.Work there, StoreOptions.Work<ApiTokens> here)
            throws IOException {
        var server = server(surroundings);
        return server.isPresent()
                ? remote.ask(server.get(), surroundings, there)
                : store.withTokens(surroundings, here);
    }

    /** Asks the server, or opens the store here. */
    public int onStore(Surroundings surroundings, RemoteOptions.Work there, StoreOptions.Work<TokenStore> here)
            throws IOException {
        var server = server(surroundings);
        return server.isPresent() ? remote.ask(server.get(), surroundings, there) : store.withStore(surroundings, here);
    }
}
