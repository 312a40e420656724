package dev.countermark.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code countermark tokens rotate}: prints the successor of a token. */
@Command(
        name = "rotate",
        description = "Replace a token: print a new one; the old one is accepted until the overlap ends.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokensRotateCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Mixin
    private Answers answers = new Answers();

    @Parameters(paramLabel = "ID", description = "The old token's id.")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "How long the old token is still accepted: seconds, or a number with s, m, h or d; 1h by default.")
    private Duration overlap = Duration.ofHours(1);

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Repeated with the same key within 24 hours, the same token is printed.")
    private @Nullable String idempotencyKey;

    TokensRotateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (remote.given()) {
            var body = JsonNodeFactory.instance.objectNode().put("overlap", overlap.toSeconds());
            return remote.ask(
                    surroundings,
                    store,
                    server -> RemoteTokens.issued(
                            server.post("/v1/tokens/" + Remote.escaped(id) + "/rotate", body, idempotencyKey),
                            answers,
                            surroundings));
        }
        return store.withTokens(surroundings, tokens -> {
            var issued =
                    idempotencyKey == null ? tokens.rotate(id, overlap) : tokens.rotate(id, overlap, idempotencyKey);
            if (answers.asJson()) {
                var members = new LinkedHashMap<String, Object>();
                members.put("token", issued.text());
                members.putAll(TokenAnswers.members(issued.token()));
                surroundings.out().println(Answers.jsonLine(members));
            } else {
                surroundings.out().println(issued.text());
                surroundings.note("issued " + issued.token().id() + ", valid until "
                        + issued.token().expiresAt());
            }
            return ExitCode.OK;
        });
    }
}
