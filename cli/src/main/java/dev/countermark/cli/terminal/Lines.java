package dev.countermark.cli.terminal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of standard input: UTF-8, ended by LF or CRLF, none held beyond a limit. */
public final class Lines {

    /** Longest line that is read as one, in bytes. */
    public static final int LIMIT = 1 << 20;

    /** One line. */
    public sealed interface Line permits Text, Unreadable {}

    /**
     * One that could be read.
     *
     * @param text without its end
     */
    public record Text(String text) implements Line {}

    /**
     * One that could not.
     *
     * @param why in words
     */
    public record Unreadable(String why) implements Line {}

    private final InputStream in;

    /** Lines of a stream, which is read as they are asked for and somewhat beyond. */
    public Lines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next line; empty at the end. Blocks. */
    public Optional<Line> next() throws IOException {
        var bytes = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        boolean tooLong = false;
        while (b >= 0 && b != '\n') {
            tooLong |= bytes.size() == LIMIT;
            if (!tooLong) {
                bytes.write(b);
            }
            b = in.read();
        }
        return Optional.of(tooLong ? new Unreadable("the line is longer than 1 MiB") : text(bytes.toByteArray()));
    }

    private static Line text(byte[] bytes) {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return new Text(text.toString());
        } catch (CharacterCodingException e) {
            return new Unreadable("the line is not UTF-8");
        }
    }

    /** Whether the next line may be long in coming, so that answers should go out first. */
    public boolean isIdle() throws IOException {
        return in.available() == 0;
    }
}
