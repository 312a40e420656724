package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL's codes of errors say of a commit (its manual, appendix A). */
class CommitOutcomeTest {

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23514", "40001", "40P01"})
    void after_a_constraint_or_a_conflict_nothing_was_committed(String state) {
        assertThat(Postgres.isAnswer(new SQLException("no", state))).isTrue();
    }

    /** A full disk among them: the server dies while it writes the log, after this commit may have been written. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "58030", "XX000", "57P01", "57P02", "57014", "08006", "40003"})
    void after_anything_else_nobody_knows(String state) {
        assertThat(Postgres.isAnswer(new SQLException("no", state))).isFalse();
    }
}
