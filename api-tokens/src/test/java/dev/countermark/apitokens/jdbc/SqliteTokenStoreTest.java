package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.IssuingContract;
import dev.countermark.apitokens.KeysContract;
import dev.countermark.apitokens.RecordsContract;
import dev.countermark.apitokens.RevokingContract;
import dev.countermark.apitokens.RotatingContract;
import dev.countermark.apitokens.TestClock;
import dev.countermark.apitokens.TokenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Nested;

class SqliteTokenStoreTest {

    private static TokenStore empty(TestClock clock) {
        try {
            return JdbcTokenStore.open(
                    "jdbc:sqlite:" + Files.createTempDirectory("countermark").resolve("tokens.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class Issuing extends IssuingContract {
        Issuing() {
            super(SqliteTokenStoreTest::empty);
        }
    }

    @Nested
    class Revoking extends RevokingContract {
        Revoking() {
            super(SqliteTokenStoreTest::empty);
        }
    }

    @Nested
    class Rotating extends RotatingContract {
        Rotating() {
            super(SqliteTokenStoreTest::empty);
        }
    }

    @Nested
    class Records extends RecordsContract {
        Records() {
            super(SqliteTokenStoreTest::empty);
        }
    }

    @Nested
    class Keys extends KeysContract {
        Keys() {
            super(SqliteTokenStoreTest::empty);
        }
    }
}
