package dev.countermark.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP connection that is kept, with one question at a time. It is sent by one thread and its answer read by another; for the
 * least of the processor's time, nothing is allocated meanwhile.
 */
final class KeptConnection {

    private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

    /** Which question waits for its answer here; negative for none. */
    volatile int question = -1;

    private final URI url;
    private final Selector selector;
    private volatile SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(16 * 1024);

    KeptConnection(URI url, Selector selector) throws IOException {
        this.url = url;
        this.selector = selector;
        this.channel = connect();
    }

    private SocketChannel connect() throws IOException {
        var connected = SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()));
        connected.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connected.configureBlocking(false);
        connected.register(selector, SelectionKey.OP_READ, this);
        return connected;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Connects again after {@link #close}. */
    void reopen() throws IOException {
        answer.clear();
        channel = connect();
    }

    void ask(int number, ByteBuffer request) throws IOException {
        question = number;
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** Reads what is here; answers the status once an answer is here to its end, and 0 before. */
    int read() throws IOException {
        if (channel.read(answer) < 0 || !answer.hasRemaining()) {
            throw new EOFException();
        }
        int head = endOfHead();
        if (head < 0 || answer.position() < head + length(head)) {
            return 0;
        }
        int status = digits(9, 12);
        answer.clear();
        return status;
    }

    private int endOfHead() {
        for (int i = 3; i < answer.position(); i++) {
            if (answer.get(i) == '\n' && answer.get(i - 2) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private int length(int head) {
        for (int i = 0; i < head - LENGTH.length; i++) {
            if (answer.get(i) == '\n' && isLengthAt(i)) {
                int from = i + LENGTH.length;
                while (answer.get(from) == ' ') {
                    from++;
                }
                int to = from;
                while (answer.get(to) != '\r') {
                    to++;
                }
                return digits(from, to);
            }
        }
        return 0;
    }

    private boolean isLengthAt(int start) {
        for (int i = 1; i < LENGTH.length; i++) {
            // Letters of ASCII differ in this bit; no other byte of a header's name becomes one of these.
            if ((answer.get(start + i) | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private int digits(int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + answer.get(i) - '0';
        }
        return number;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
            return;
        }
    }
}
