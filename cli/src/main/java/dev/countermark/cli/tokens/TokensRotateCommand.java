package dev.countermark.cli.tokens;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.cli.remote.Remote;
import dev.countermark.cli.store.Access;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.DurationConverter;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
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
    private Access access = new Access();

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
        return access.onTokens(
                surroundings,
                server -> RemoteTokens.issued(rotate(server), answers, surroundings),
                tokens -> TokenAnswers.issued(rotate(tokens), answers, surroundings));
    }

    private IssuedToken rotate(ApiTokens tokens) {
        return idempotencyKey == null ? tokens.rotate(id, overlap) : tokens.rotate(id, overlap, idempotencyKey);
    }

    private JsonNode rotate(Remote server) throws IOException {
        var body = JsonNodeFactory.instance.objectNode().put("overlap", overlap.toSeconds());
        return server.post("/v1/tokens/" + Remote.escaped(id) + "/rotate", body, idempotencyKey);
    }
}
