package dev.countermark.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An open-loop HTTP client: it sends at a fixed rate, whether answers come or not, as many independent users do.
 *
 * <p>The latency of a request counts from the moment at which it was due, not from the moment at which a connection was
 * free for it; otherwise a server that stops for a second would be asked one slow question instead of two thousand. One thread
 * asks and one reads the answers: client and server share the processors, and a thread for each connection took as much of them
 * as the server.
 *
 * <pre>
 * java OpenLoop.java URL REQUESTS_PER_SECOND SECONDS CONNECTIONS [AUTHORIZATION]
 * </pre>
 *
 * <p>Prints one line: how many were not answered with 200, and latencies in milliseconds of all requests, and of those that were
 * not due while the machine itself was slow ({@link Slowness}). The first five seconds are not counted. Exits with 1 if an answer
 * was not 200.
 */
public final class OpenLoop {

    private static final int WARM_UP_SECONDS = 5;

    /** Whoever is not answered for so long is asked no more. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final URI url;
    private final int connections;
    private final ByteBuffer request;
    private final long nanosBetween;
    private final int uncounted;
    private final long[] latencies;
    private final Slowness slowness;
    private boolean[] disturbed = {};
    private final List<KeptConnection> all = new ArrayList<>();
    private final BlockingQueue<KeptConnection> free;

    // Only the thread that receives counts.
    private int answered;
    private int failed;

    private OpenLoop(URI url, int rate, int seconds, int connections, String authorization) {
        this.url = url;
        this.connections = connections;
        this.free = new ArrayBlockingQueue<>(connections);
        var text = "GET " + url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n"
                + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n") + "\r\n";
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        this.request = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / rate;
        this.uncounted = rate * WARM_UP_SECONDS;
        this.latencies = new long[rate * seconds + uncounted];
        this.slowness = new Slowness(2 * (seconds + WARM_UP_SECONDS));
    }

    /** See the class. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var load = new OpenLoop(
                URI.create(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                arguments.length > 4 ? arguments[4] : "");
        load.run();
        System.out.println(load.summary());
        System.exit(load.failed == 0 ? 0 : 1);
    }

    private void run() throws IOException, InterruptedException {
        var selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            all.add(new KeptConnection(url, selector));
        }
        free.addAll(all);
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
        slowness.start();
        var receiver = new Thread(() -> receive(selector, begin), "load-receive");
        receiver.start();
        send(begin);
        receiver.join();
        selector.close();
        disturbed = slowness.disturbed(LongStream.range(0, latencies.length)
                .map(i -> begin + i * nanosBetween)
                .toArray());
    }

    private void send(long begin) throws InterruptedException {
        for (int i = 0; i < latencies.length; i++) {
            long due = begin + i * nanosBetween;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            var connection = free.poll(2 * PATIENCE, TimeUnit.NANOSECONDS);
            if (connection == null) {
                throw new IllegalStateException("the server answers no more");
            }
            try {
                connection.ask(i, request.rewind());
            } catch (IOException e) {
                // Whoever receives notices too, and counts it.
                connection.close();
            }
        }
    }

    /** Until all are answered. */
    private void receive(Selector selector, long begin) {
        try {
            long looked = System.nanoTime();
            while (answered < latencies.length) {
                selector.select(key -> receive((KeptConnection) key.attachment(), begin), 1000);
                if (System.nanoTime() - looked > TimeUnit.SECONDS.toNanos(1)) {
                    looked = System.nanoTime();
                    replaceBroken(begin);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            all.forEach(KeptConnection::close);
        }
    }

    private void receive(KeptConnection connection, long begin) {
        try {
            int status = connection.read();
            if (status != 0 && connection.question >= 0) {
                count(connection, status == 200, begin);
            }
        } catch (IOException e) {
            connection.close();
        }
    }

    private void count(KeptConnection connection, boolean good, long begin) {
        int i = connection.question;
        connection.question = -1;
        latencies[i] = System.nanoTime() - (begin + i * nanosBetween);
        failed += good ? 0 : 1;
        answered++;
        free.add(connection);
    }

    /** Those that are closed, and those whose answer does not come. */
    private void replaceBroken(long begin) throws IOException {
        for (var connection : all) {
            int i = connection.question;
            if (i >= 0 && System.nanoTime() - (begin + i * nanosBetween) > PATIENCE) {
                connection.close();
            }
            if (!connection.isOpen()) {
                connection.reopen();
                if (i >= 0) {
                    count(connection, false, begin);
                }
            }
        }
    }

    private String summary() {
        var counted = IntStream.range(uncounted, latencies.length);
        var undisturbed = IntStream.range(uncounted, latencies.length).filter(i -> !disturbed[i]);
        return "not 200: " + failed + "; " + summary(counted) + "; the machine was " + slowness + "; while it was not: "
                + summary(undisturbed);
    }

    private String summary(IntStream requests) {
        var sorted = requests.mapToLong(i -> latencies[i]).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "%d requests, p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms",
                sorted.length,
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.99),
                at(sorted, 0.999),
                at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))] / 1e6;
    }
}
