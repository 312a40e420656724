package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.IssuingContract;
import dev.countermark.apitokens.KeysContract;
import dev.countermark.apitokens.RecordsContract;
import dev.countermark.apitokens.RevokingContract;
import dev.countermark.apitokens.RotatingContract;
import dev.countermark.apitokens.TestClock;
import dev.countermark.apitokens.TokenStore;
import org.junit.jupiter.api.Nested;

class PostgresTokenStoreTest {

    private static TokenStore empty(TestClock clock) {
        return JdbcTokenStore.open(TestPostgres.shared().emptyTables());
    }

    @Nested
    class Issuing extends IssuingContract {
        Issuing() {
            super(PostgresTokenStoreTest::empty);
        }
    }

    @Nested
    class Revoking extends RevokingContract {
        Revoking() {
            super(PostgresTokenStoreTest::empty);
        }
    }

    @Nested
    class Rotating extends RotatingContract {
        Rotating() {
            super(PostgresTokenStoreTest::empty);
        }
    }

    @Nested
    class Records extends RecordsContract {
        Records() {
            super(PostgresTokenStoreTest::empty);
        }
    }

    @Nested
    class Keys extends KeysContract {
        Keys() {
            super(PostgresTokenStoreTest::empty);
        }
    }
}
