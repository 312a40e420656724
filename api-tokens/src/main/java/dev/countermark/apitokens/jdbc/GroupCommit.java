package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.OutcomeUnknownException;
import dev.countermark.apitokens.TokenStoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes to SQLite: what waits is committed together, with one synchronization of the disk.
 *
 * <p>Each job has a savepoint, so that one that fails takes nothing of the others with it. A caller returns after the
 * commit.
 */
final class GroupCommit implements AutoCloseable {

    private static final int LARGEST_GROUP = 256;

    private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
    private final FollowedConnection connection;
    private final Consumer<String> watcher;
    private final Thread thread;
    private volatile boolean closed;

    /** @param connection used by nobody else from now on, and closed at the end */
    GroupCommit(FollowedConnection connection, Consumer<String> watcher) {
        this.connection = connection;
        this.watcher = watcher;
        this.thread = new Thread(this::run, "countermark-sqlite-writer");
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Job<T> {

        private final Session.Work<T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private @Nullable T result;

        Job(Session.Work<T> work) {
            this.work = work;
        }

        /** Runs inside the group's transaction; a failure ends only this job. */
        boolean run(Session session) throws SQLException {
            session.execute("SAVEPOINT job");
            try {
                result = work.in(session);
                session.execute("RELEASE job");
                return true;
            } catch (SQLException e) {
                if (endsTransaction(e)) {
                    throw e;
                }
                session.execute("ROLLBACK TO job");
                session.execute("RELEASE job");
                done.completeExceptionally(Sqlite.failure("the change failed", e));
            } catch (RuntimeException | Error e) {
                session.execute("ROLLBACK TO job");
                session.execute("RELEASE job");
                done.completeExceptionally(e);
            }
            return false;
        }

        /** A full disk and a broken one may have rolled back everything already. */
        private static boolean endsTransaction(SQLException e) {
            int code = e.getErrorCode() & 0xff;
            return code == 13 || code == 10 || code == 7 || code == 11;
        }

        @SuppressWarnings("NullAway") // A job whose work answers null completes with null.
        void succeed() {
            done.complete(result);
        }
    }

    <T> T change(Session.Work<T> work) {
        var job = new Job<>(work);
        if (closed) {
            throw new TokenStoreException("the store is closed");
        }
        queue.add(job);
        if (closed) {
            failRest();
        }
        try {
            return job.done.get();
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException(e);
        }
    }

    /** With the caller's stack: the cause was made on the writer's thread. */
    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            failure.setStackTrace(Thread.currentThread().getStackTrace());
            return failure;
        }
        return new TokenStoreException("the change failed", cause == null ? new IllegalStateException() : cause);
    }

    private void run() {
        var group = new ArrayList<Job<?>>();
        while (!closed) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                break;
            }
            queue.drainTo(group, LARGEST_GROUP - 1);
            commit(group);
        }
        failRest();
        connection.close();
    }

    private void commit(List<Job<?>> group) {
        var finished = new ArrayList<Job<?>>();
        boolean committing = false;
        try {
            var session = new Session(connection.get(), watcher);
            session.execute("BEGIN IMMEDIATE");
            for (var job : group) {
                if (job.run(session)) {
                    finished.add(job);
                }
            }
            committing = true;
            session.execute("COMMIT");
            connection.requireSame();
            finished.forEach(Job::succeed);
        } catch (SQLException | RuntimeException | Error e) {
            // Whatever it is: this thread goes on, and nobody waits for an answer that never comes.
            var failure = giveUp(e, committing);
            // Jobs that failed by themselves have their answer; the others were undone together.
            group.forEach(job -> job.done.completeExceptionally(failure));
        }
    }

    private TokenStoreException giveUp(Throwable cause, boolean committing) {
        int code = cause instanceof SQLException failure ? failure.getErrorCode() & 0xff : 0;
        // Once the disk failed during the commit, the log may hold it or not. Full and busy are known not to.
        boolean unknown = committing && code != 13 && code != 5;
        // SQLite rolls back what a closed connection leaves; the next one starts clean.
        connection.close();
        if (unknown) {
            return new OutcomeUnknownException(cause);
        }
        return cause instanceof SQLException failure
                ? Sqlite.failure("the change failed", failure)
                : new TokenStoreException("the change failed", cause);
    }

    private void failRest() {
        Job<?> job = queue.poll();
        while (job != null) {
            job.done.completeExceptionally(new TokenStoreException("the store is closed"));
            job = queue.poll();
        }
    }

    /** Finishes the group that is under way; what waits is refused. */
    @Override
    public void close() {
        closed = true;
        // A job wakes the thread without interrupting a commit.
        queue.add(new Job<>(session -> ""));
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
