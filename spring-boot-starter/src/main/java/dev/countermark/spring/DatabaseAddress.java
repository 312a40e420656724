package dev.countermark.spring;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.common.BaseDataSource;

/**
 * Where a database is and how to log in, as far as a {@link DataSource} tells. The connections of the application stay
 * its own: tokens have theirs, with their own transactions.
 *
 * @param url JDBC address
 * @param username user name, or null for none
 * @param password password, or null for none
 */
record DatabaseAddress(
        String url, @Nullable String username, @Nullable String password) {

    /** The address of a data source; empty if it does not tell. */
    static Optional<DatabaseAddress> of(DataSource source) {
        try {
            if (source.isWrapperFor(HikariDataSource.class)) {
                var pool = source.unwrap(HikariDataSource.class);
                return told(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
            }
            if (source instanceof BaseDataSource postgres) {
                return told(postgres.getUrl(), postgres.getUser(), postgres.getPassword());
            }
            try (var connection = source.getConnection()) {
                var address = told(connection.getMetaData().getURL(), null, null);
                // The driver's text has no password; SQLite needs none, and for others the kind of database is enough.
                return address.filter(found -> !found.kind().equals("postgresql"));
            }
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static Optional<DatabaseAddress> told(
            @Nullable String url, @Nullable String username, @Nullable String password) {
        return url == null ? Optional.empty() : Optional.of(new DatabaseAddress(url, username, password));
    }

    /** What stands between {@code jdbc:} and the next colon: {@code sqlite}, {@code postgresql} or another. */
    String kind() {
        int start = url.indexOf(':') + 1;
        int end = url.indexOf(':', start);
        return end < 0 ? url.substring(start) : url.substring(start, end);
    }

    boolean isSupported() {
        return kind().equals("sqlite") || kind().equals("postgresql");
    }

    /** The kind: an address may hold a password. */
    @Override
    public String toString() {
        return "DatabaseAddress[" + kind() + "]";
    }
}
