package dev.countermark.cli.doctor;

import dev.countermark.cli.store.Access;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code countermark doctor}: looks at an installation and says what to mend. */
@Command(
        name = "doctor",
        description = {
            "Look at an installation and say what to mend: clock, keys, permissions, database, lease.",
            "With --url a running server instead: TLS, who can reach it, its clock, and with a token its nodes.",
            "Exit code 1 if there is a problem; warnings are none."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DoctorCommand implements Callable<Integer> {

    // Before this program was made no clock is right.
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private final Surroundings surroundings;

    @Mixin
    private Access access = new Access();

    @Mixin
    private Answers answers = new Answers();

    /** The command, for the list of commands. */
    public DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        var examination = new Examination();
        var now = Instant.now();
        if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
            examination.problem(
                    "clock",
                    "it is " + now + " here, so dates and expiries are wrong",
                    "set the clock, and keep it with NTP");
        } else {
            examination.ok("clock", "it is " + now + " here");
        }
        var server = access.server(surroundings);
        if (server.isPresent()) {
            new ServerExamination(server.get(), access.remote(), surroundings, examination).run();
        } else {
            new StoreExamination(access.store(), surroundings, examination).run();
        }
        return examination.print(answers, surroundings);
    }
}
