package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.TokenStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What differs between the databases: connections, transactions, time, locks, and the doorbell. */
interface Database extends AutoCloseable {

    /** Whether processes on other machines can use it. */
    boolean shared();

    /**
     * Runs in a transaction, durable on return.
     *
     * @throws TokenStoreException if it does not work; {@code OutcomeUnknownException} if the commit's answer is lost
     */
    <T> T change(Session.Work<T> work);

    /** Runs a statement that reads. */
    <T> T read(Session.Work<T> work);

    /** Runs a statement that reads, on a connection of its own, and gives up after about a second. */
    <T> T poll(Session.Work<T> work);

    /** Waits for the doorbell; true when it rang or may have. */
    boolean awaitChange(Duration atMost) throws InterruptedException;

    /** Rings the doorbell when the transaction commits. */
    void ring(Session session) throws SQLException;

    /** Keeps changes of a subject as a whole apart from issues for it, which go together, until the transaction ends. */
    void lockSubject(Session session, String subject, boolean whole) throws SQLException;

    /** SQL of the database's time in milliseconds since 1970. */
    String nowMillis();

    /** SQL of whether this is a copy that follows another database. */
    String isStandby();

    /** Closes a connection that is given up, whatever comes of it; null, to stand where it stood. */
    static @Nullable Connection closed(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // It is given up anyway.
            return null;
        }
        return null;
    }

    @Override
    void close();
}
