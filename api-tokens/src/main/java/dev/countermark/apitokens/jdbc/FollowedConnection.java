package dev.countermark.apitokens.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that stays with a path and not with a file: a restore puts another file in its place, and who kept the old
 * one open would hear nothing any more and write where nobody reads. Not for two threads at once.
 */
final class FollowedConnection implements AutoCloseable {

    /** Opens a connection. */
    @FunctionalInterface
    interface Connector {
        Connection open() throws SQLException;
    }

    private final SqliteFile file;
    private final Connector connector;
    private @Nullable Connection connection;
    private @Nullable Object opened;

    FollowedConnection(SqliteFile file, Connector connector) {
        this.file = file;
        this.connector = connector;
    }

    /**
     * The connection, opened if there is none or if its file is no longer the one at the path.
     *
     * @throws SQLException also if there is no file at the path
     */
    Connection get() throws SQLException {
        // Before it is opened: a file that takes its place meanwhile differs from what is noted here.
        var there = file.identity();
        if (!there.equals(opened)) {
            close();
        }
        var current = connection;
        if (current == null) {
            current = connector.open();
            connection = current;
            opened = there;
        }
        return current;
    }

    /** @throws SQLException if the file at the path is another than the one that {@link #get} found */
    void requireSame() throws SQLException {
        if (!file.identity().equals(opened)) {
            throw new SQLException("the file of the database was replaced");
        }
    }

    /** The next {@link #get} opens another. */
    @Override
    public void close() {
        connection = Database.closed(connection);
        opened = null;
    }
}
