package dev.countermark.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code countermark keygen}: prints a new key. */
@Command(
        name = "keygen",
        description = "Print a new key: 32 random bytes in URL-safe base64.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading = "%nExample:%n",
        footer = "  (umask 077; countermark keygen > key)")
final class KeygenCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Answers answers = new Answers();

    KeygenCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var key = Keys.generate();
        if (answers.asJson()) {
            var members = new LinkedHashMap<String, Object>();
            members.put("key", key.revealBase64());
            members.put("fingerprint", key.fingerprint());
            surroundings.out().println(Answers.jsonLine(members));
        } else {
            surroundings.out().println(key.revealBase64());
        }
        return ExitCode.OK;
    }
}
