package dev.countermark.cli.tokens;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.RevokeOutcome;
import dev.countermark.cli.remote.Remote;
import dev.countermark.cli.store.Access;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Lines;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code countermark tokens revoke}: revokes. */
@Command(
        name = "revoke",
        description = "Revoke a token, or all of a subject: refused here at once, elsewhere within the lease.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokensRevokeCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Access access = new Access();

    @Mixin
    private Answers answers = new Answers();

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Option(names = "--wait", description = "Wait until every live node has confirmed, at most one lease.")
    private boolean wait;

    /** What to revoke. */
    static final class Target {

        @Parameters(paramLabel = "ID", description = "The token's id.")
        private @Nullable String id;

        @Option(
                names = "--token",
                paramLabel = "TOKEN",
                description = "The token itself, also one that is in no list; - reads it from standard input.")
        private @Nullable String text;

        @Option(names = "--subject", paramLabel = "SUBJECT", description = "Every token of this subject.")
        private @Nullable String subject;
    }

    TokensRevokeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (target.id != null && target.id.indexOf('.') >= 0) {
            throw new IllegalArgumentException("this is a token, not the id of one; revoke it with --token");
        }
        return access.onTokens(
                surroundings, server -> RemoteTokens.revoked(revoke(server), answers, surroundings), tokens -> {
                    var outcome = revoke(tokens);
                    if (!outcome.found()) {
                        surroundings.note("there is no such token");
                        return ExitCode.REFUSED;
                    }
                    print(wait ? tokens.confirm(outcome) : outcome);
                    return ExitCode.OK;
                });
    }

    private RevokeOutcome revoke(ApiTokens tokens) throws IOException {
        if (target.subject != null) {
            return tokens.revokeSubject(target.subject);
        }
        if (target.text == null) {
            return tokens.revoke(String.valueOf(target.id));
        }
        return tokens.revokeText(text());
    }

    private JsonNode revoke(Remote server) throws IOException {
        var waiting = wait ? "?wait=true" : "";
        if (target.id != null) {
            return server.delete("/v1/tokens/" + Remote.escaped(target.id) + waiting);
        }
        var body = JsonNodeFactory.instance.objectNode();
        return server.post(
                "/v1/revocations" + waiting,
                target.subject == null ? body.put("token", text()) : body.put("subject", target.subject),
                null);
    }

    private String text() throws IOException {
        if (target.text == null || !target.text.equals("-")) {
            return String.valueOf(target.text);
        }
        var line = new Lines(surroundings.in()).next();
        return line.isPresent() && line.get() instanceof Lines.Text text ? text.text() : "";
    }

    private void print(RevokeOutcome outcome) {
        if (answers.asJson()) {
            var members = new LinkedHashMap<String, Object>();
            members.put("number", outcome.number().orElseThrow());
            if (wait) {
                members.put("confirmed", outcome.confirmed());
                members.put("live", outcome.live());
            }
            surroundings.out().println(Answers.jsonLine(members));
        } else {
            surroundings
                    .out()
                    .println(
                            wait
                                    ? "revoked; " + outcome.confirmed() + " of " + outcome.live()
                                            + " nodes have confirmed, this command among them"
                                    : "revoked");
        }
    }
}
