package dev.countermark.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An open-loop HTTP client: it sends at a fixed rate, whether answers come or not, as many independent users do.
 *
 * <p>The latency of a request counts from the moment at which it was due, not from the moment at which a connection was
 * free for it; otherwise a server that stops for a second would be asked one slow question instead of two thousand.
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

    private final URI url;
    private final byte[] request;
    private final long nanosBetween;
    private final int uncounted;
    private final long[] latencies;
    private final Slowness slowness;
    private boolean[] disturbed = {};
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private OpenLoop(URI url, int rate, int seconds, String authorization) {
        this.url = url;
        this.request = ("GET " + url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                        + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n"
                        + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / rate;
        this.uncounted = rate * WARM_UP_SECONDS;
        this.latencies = new long[rate * seconds + uncounted];
        this.slowness = new Slowness(2 * (seconds + WARM_UP_SECONDS));
    }

    /** See the class. */
    public static void main(String[] arguments) throws InterruptedException {
        var load = new OpenLoop(
                URI.create(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                arguments.length > 4 ? arguments[4] : "");
        load.run(Integer.parseInt(arguments[3]));
        System.out.println(load.summary());
        System.exit(load.failed.get() == 0 ? 0 : 1);
    }

    private void run(int connections) throws InterruptedException {
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
        slowness.start();
        var threads = new Thread[connections];
        for (int i = 0; i < connections; i++) {
            threads[i] = new Thread(() -> send(begin), "load-" + i);
            threads[i].start();
        }
        for (var thread : threads) {
            thread.join();
        }
        disturbed = slowness.disturbed(LongStream.range(0, latencies.length)
                .map(i -> begin + i * nanosBetween)
                .toArray());
    }

    private void send(long begin) {
        var connection = Optional.<Connection>empty();
        for (int i = next.getAndIncrement(); i < latencies.length; i = next.getAndIncrement()) {
            long due = begin + i * nanosBetween;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            try {
                if (connection.isEmpty()) {
                    connection = Optional.of(new Connection(url));
                }
                if (connection.get().ask(request) != 200) {
                    failed.incrementAndGet();
                }
            } catch (IOException e) {
                failed.incrementAndGet();
                connection.ifPresent(Connection::close);
                connection = Optional.empty();
            }
            latencies[i] = System.nanoTime() - due;
        }
        connection.ifPresent(Connection::close);
    }

    /** One connection that is kept. */
    private static final class Connection {

        private final Socket socket;
        private final InputStream in;

        Connection(URI url) throws IOException {
            socket = new Socket(InetAddress.getByName(url.getHost()), url.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** Sends a request, reads the answer to its end, and says its status. */
        int ask(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            int status = Integer.parseInt(line().substring(9, 12));
            int length = 0;
            for (var line = line(); !line.isEmpty(); line = line()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            in.readNBytes(length);
            return status;
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException();
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone either way.
                return;
            }
        }
    }

    private String summary() {
        var all = IntStream.range(uncounted, latencies.length);
        var undisturbed = IntStream.range(uncounted, latencies.length).filter(i -> !disturbed[i]);
        return "not 200: " + failed.get() + "; " + summary(all) + "; the machine was " + slowness
                + "; while it was not: " + summary(undisturbed);
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
