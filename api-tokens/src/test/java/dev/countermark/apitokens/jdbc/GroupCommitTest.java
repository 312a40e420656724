package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.apitokens.TokenStore.Change;
import dev.countermark.apitokens.TokenStoreException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void a_job_that_breaks_in_any_way_takes_nobody_with_it() {
        try (var store = JdbcTokenStore.open("jdbc:sqlite:" + folder.resolve("tokens.db"))) {
            var database = store.database();
            for (var fault : List.of(
                    new StackOverflowError("too deep"),
                    new OutOfMemoryError("too much"),
                    new IllegalStateException("wrong"),
                    new SQLException("wrong"))) {
                assertThatThrownBy(() -> database.change(session -> {
                            session.update("UPDATE countermark_feed SET number = 99 WHERE id = 1");
                            if (fault instanceof Error error) {
                                throw error;
                            }
                            if (fault instanceof RuntimeException failure) {
                                throw failure;
                            }
                            throw (SQLException) fault;
                        }))
                        .isInstanceOfAny(TokenStoreException.class, IllegalStateException.class);
                assertThat(store.revokeSubject("somebody", Instant.now(), new Change("test", Instant.now()))
                                .number())
                        .as("the number, which the broken job has not changed")
                        .isLessThan(99);
            }
        }
    }

    @Test
    @Timeout(120)
    void a_connection_that_cannot_be_opened_is_an_answer_and_the_next_change_tries_again() throws SQLException {
        var broken = new AtomicBoolean(true);
        try (var store = JdbcTokenStore.open("jdbc:sqlite:" + folder.resolve("tokens.db"));
                var writer = new GroupCommit(
                        new FollowedConnection(new SqliteFile(folder.resolve("tokens.db")), () -> {
                            if (broken.get()) {
                                throw new IllegalStateException("no connection today");
                            }
                            return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tokens.db"));
                        }),
                        sql -> {})) {
            assertThat(store.shared()).isFalse();
            assertThatThrownBy(() -> writer.change(session -> 1)).isInstanceOf(TokenStoreException.class);
            broken.set(false);
            assertThat(writer.<Integer>change(session -> 1)).isEqualTo(1);
        }
    }
}
