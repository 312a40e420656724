package dev.countermark.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that send a byte a second each, every one at its own time of the second, and come again when they are cut. One half
 * drips headers, the other bodies.
 *
 * <pre>
 * java SlowClients.java URL CONNECTIONS SECONDS
 * </pre>
 *
 * <p>Prints how many connections were open at the end and how often one was cut. Loopback only: it is an attack.
 */
public final class SlowClients {

    private static final String HEADER = "GET /verify HTTP/1.1\r\nHost: x\r\nX: ";
    private static final String BODY = "POST /leaked HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n";

    private SlowClients() {}

    /** See the class. */
    public static void main(String[] arguments) {
        var port = URI.create(arguments[0]).getPort();
        var sockets = new Socket[Integer.parseInt(arguments[1])];
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[2]));
        int cut = 0;
        for (long turn = 0; System.nanoTime() < end; turn++) {
            long due = begin + turn * TimeUnit.SECONDS.toNanos(1) / sockets.length;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            int i = (int) (turn % sockets.length);
            try {
                if (sockets[i] == null) {
                    sockets[i] = new Socket(InetAddress.getLoopbackAddress(), port);
                    sockets[i]
                            .getOutputStream()
                            .write((i % 2 == 0 ? HEADER : BODY).getBytes(StandardCharsets.US_ASCII));
                } else {
                    sockets[i].getOutputStream().write('x');
                }
            } catch (IOException e) {
                cut++;
                sockets[i] = null;
            }
        }
        long open = Arrays.stream(sockets).filter(Objects::nonNull).count();
        System.out.println("slow clients: " + open + " open, cut " + cut + " times");
    }
}
