package dev.countermark.cli.keygen;

import dev.countermark.cli.files.FileFailure;
import dev.countermark.cli.files.PrivateFile;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countermark keygen}: prints a new key. */
@Command(
        name = "keygen",
        description = "Print a new key: random bytes in URL-safe base64.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading = "%nExample:%n",
        footer = {"  countermark keygen --out key", "  countermark sign --key-file key --purpose login ada"})
public final class KeygenCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Answers answers = new Answers();

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "Length, 32 to 64: 32 unless given, 48 for a JWT with HS384, 64 for one with HS512.")
    private int length = Keys.LENGTH;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write it into a new file that its owner alone may read, and print only its fingerprint.")
    private @Nullable Path out;

    /** The command, for the list of commands. */
    public KeygenCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (length < Keys.LENGTH || length > Keys.LONGEST) {
            throw new IllegalArgumentException(
                    "a key made here has " + Keys.LENGTH + " to " + Keys.LONGEST + " bytes; --bytes says how many");
        }
        var key = Keys.generate(length);
        if (out != null) {
            write(key.revealBase64() + "\n", out);
        }
        if (answers.asJson()) {
            var members = new LinkedHashMap<String, Object>();
            if (out == null) {
                members.put("key", key.revealBase64());
            }
            members.put("fingerprint", key.fingerprint());
            surroundings.out().println(Answers.jsonLine(members));
        } else {
            surroundings.out().println(out == null ? key.revealBase64() : key.fingerprint());
        }
        return ExitCode.OK;
    }

    private static void write(String text, Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, PrivateFile.file())) {
            var bytes = StandardCharsets.US_ASCII.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException("there is a file " + file + " already, and a key in it may be needed");
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + FileFailure.why(e), e);
        }
    }
}
