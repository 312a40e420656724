package dev.countermark.canary;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Reads all that is printed and logged while the tests of a module run, and fails the class during which a secret came
 * by. Found by JUnit itself, where {@code junit.jupiter.extensions.autodetection.enabled} says so.
 */
public final class CanaryWatch implements BeforeAllCallback, AfterAllCallback {

    private static final Copy OUT = new Copy(System.out);
    private static final Copy ERR = new Copy(System.err);

    static {
        // Before the first logger is made: its appender keeps the stream that it finds.
        System.setOut(new PrintStream(OUT, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(ERR, true, StandardCharsets.UTF_8));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Loading this class was the point.
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Canary.requireAbsent("what " + context.getDisplayName() + " printed", OUT.taken());
        Canary.requireAbsent("what " + context.getDisplayName() + " printed as errors", ERR.taken());
    }

    /** What goes through a stream, kept until it is taken. */
    private static final class Copy extends OutputStream {

        private final PrintStream original;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Copy(PrintStream original) {
            this.original = original;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            kept.write(bytes, from, length);
            original.write(bytes, from, length);
        }

        @Override
        public void flush() {
            original.flush();
        }

        synchronized String taken() {
            var text = kept.toString(StandardCharsets.UTF_8);
            kept.reset();
            return text;
        }
    }
}
