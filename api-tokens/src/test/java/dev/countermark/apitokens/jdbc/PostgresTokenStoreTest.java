package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.ApiTokensContract;
import dev.countermark.apitokens.TestClock;
import dev.countermark.apitokens.TokenStore;

class PostgresTokenStoreTest extends ApiTokensContract {

    @Override
    protected TokenStore emptyStore(TestClock clock) {
        return JdbcTokenStore.open(TestPostgres.shared().emptyTables());
    }
}
