package dev.countermark.apitokens.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Why PostgreSQL lets nobody in, in words of ours: the driver's own may hold the address with a password in it. */
final class LoginFailure {

    private LoginFailure() {}

    /**
     * What is wrong and what to look at; null if the failure is of another kind.
     *
     * @param failure of the pool, whose causes hold the driver's (PostgreSQL's appendix A lists their states)
     */
    static @Nullable String of(@Nullable Throwable failure) {
        boolean waited = false;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            waited |= cause instanceof SQLTransientConnectionException;
            var why = cause instanceof SQLException sql && sql.getSQLState() != null ? why(sql.getSQLState()) : null;
            if (why != null) {
                return why;
            }
        }
        // The pool's own: an attempt was still under way, so nobody has said what is wrong.
        return waited
                ? "no connection was made in time; see whether the server, this machine or the way is overloaded"
                : null;
    }

    /** Whether the server has answered that this user or database will not do. */
    static boolean isFinal(SQLException answer) {
        var state = answer.getSQLState();
        return state != null && (state.startsWith("28") || state.startsWith("3D") || state.equals("08004"));
    }

    private static @Nullable String why(String state) {
        return switch (state) {
            case "3D000" -> "there is no database of this name on that server";
            case "42501" -> "the user may not do this: let it own the database, or a schema in it";
            // The driver's own state where the server asks for a password and none was given.
            case "28000", "28P01", "08004" -> "the server refuses this user or its password";
            case "53300" -> "the server has no connection left";
            case "57P01", "57P02", "57P03" -> "the server is ending or starting, and takes no connection yet";
            default ->
                state.startsWith("08") ? "no server answers there; see that it runs, and its host and port" : null;
        };
    }
}
