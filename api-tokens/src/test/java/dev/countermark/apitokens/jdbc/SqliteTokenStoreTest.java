package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.ApiTokensContract;
import dev.countermark.apitokens.TestClock;
import dev.countermark.apitokens.TokenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

class SqliteTokenStoreTest extends ApiTokensContract {

    @Override
    protected TokenStore emptyStore(TestClock clock) {
        try {
            return JdbcTokenStore.open(
                    "jdbc:sqlite:" + Files.createTempDirectory("countermark").resolve("tokens.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
