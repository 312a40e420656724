package dev.countermark.cli.tokens;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.cli.store.Access;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.DurationConverter;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code countermark tokens issue}: prints a new token. */
@Command(
        name = "issue",
        description = "Issue a token and print it: it is shown once and kept nowhere.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokensIssueCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Access access = new Access();

    @Mixin
    private Answers answers = new Answers();

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "Whom the token speaks for; admin, if --admin is given without it.")
    private @Nullable String subject;

    @Option(
            names = "--admin",
            description =
                    "Grant countermark:admin: the token may issue, see and revoke all others, and log in to the page.")
    private boolean admin;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--name", paramLabel = "NAME", description = "What its owner calls it.")
    private String name = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What it may do, repeatable; none given means none granted.")
    private List<String> scopes = List.of();

    @Option(
            names = "--lifetime",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "How long it is accepted: seconds, or a number with s, m, h or d; 90d by default, at most 365d.")
    private @Nullable Duration lifetime;

    @Option(names = "--metadata", paramLabel = "KEY=VALUE", description = "A fact to keep with it, repeatable.")
    private Map<String, String> metadata = Map.of();

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Repeated with the same key within 24 hours, the same token is printed.")
    private @Nullable String idempotencyKey;

    TokensIssueCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (subject == null && !admin) {
            throw new ParameterException(spec.commandLine(), "say whom the token speaks for: --subject SUBJECT");
        }
        var granted = new LinkedHashSet<>(scopes);
        if (admin) {
            granted.add(ApiTokens.ADMIN_SCOPE);
        }
        var wanted = IssueRequest.forSubject(subject == null ? "admin" : subject)
                .name(name)
                .scopes(granted)
                .metadata(metadata);
        if (lifetime != null) {
            wanted = wanted.lifetime(lifetime);
        }
        var request = idempotencyKey == null ? wanted : wanted.idempotencyKey(idempotencyKey);
        var body = body(subject == null ? "admin" : subject, granted);
        return access.onTokens(
                surroundings,
                server -> RemoteTokens.issued(server.post("/v1/tokens", body, idempotencyKey), answers, surroundings),
                tokens -> TokenAnswers.issued(tokens.issue(request), answers, surroundings));
    }

    private JsonNode body(String subject, Set<String> granted) {
        var body = JsonNodeFactory.instance.objectNode().put("subject", subject);
        if (!name.isEmpty()) {
            body.put("name", name);
        }
        granted.forEach(body.putArray("scopes")::add);
        if (lifetime != null) {
            body.put("expires_in", lifetime.toSeconds());
        }
        metadata.forEach(body.putObject("metadata")::put);
        return body;
    }
}
