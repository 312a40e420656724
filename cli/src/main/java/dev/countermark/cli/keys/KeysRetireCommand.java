package dev.countermark.cli.keys;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.KeyInfo;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import dev.countermark.cli.store.StoreOptions;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import dev.countermark.cli.terminal.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code countermark keys retire}: ends a key, and with it every token that it signed. */
@Command(
        name = "retire",
        description = {
            "Retire a key for good: no node accepts what it signed any more.",
            "While tokens that it signed are still accepted, that must be said: --end-its-tokens."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class KeysRetireCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "FINGERPRINT", description = "The key, as countermark keys list shows it.")
    private String fingerprint = "";

    @Option(
            names = "--end-its-tokens",
            description = "Retire it although tokens that it signed are still accepted: they end now.")
    private boolean endingTokens;

    KeysRetireCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return store.withTokens(surroundings, tokens -> {
            if (!endingTokens && !signsNow(tokens)) {
                var ending = accepted(tokens);
                if (!ending.isEmpty()) {
                    surroundings.note(warning(ending));
                    return ExitCode.REFUSED;
                }
            }
            var outcome = tokens.confirm(tokens.retireKey(fingerprint));
            if (store.fingerprintsOfFile(surroundings).contains(fingerprint)) {
                store.keyFile(surroundings).remove(fingerprint);
            }
            surroundings
                    .out()
                    .println("retired " + fingerprint + "; " + outcome.confirmed() + " of " + outcome.live()
                            + " nodes have confirmed, this command among them");
            return ExitCode.OK;
        });
    }

    /** Such a key is refused anyway, and to rotate its tokens would not help. */
    private boolean signsNow(ApiTokens tokens) {
        return tokens.keys().stream()
                .anyMatch(key -> key.state() == KeyInfo.State.PRIMARY
                        && key.fingerprint().equals(fingerprint));
    }

    /** The tokens that end with this key. */
    private List<ApiToken> accepted(ApiTokens tokens) {
        var found = new ArrayList<ApiToken>();
        var query = TokenQuery.all().state(TokenState.ACTIVE).limit(1000);
        while (true) {
            var page = tokens.list(query);
            page.items().stream()
                    .filter(token -> token.keyFingerprint().equals(fingerprint))
                    .forEach(found::add);
            if (page.next().isEmpty()) {
                return found;
            }
            query = query.after(page.next().get());
        }
    }

    private static String warning(List<ApiToken> ending) {
        var administrators = ending.stream()
                .filter(token -> token.scopes().contains(ApiTokens.ADMIN_SCOPE))
                .map(ApiToken::id)
                .toList();
        return ending.size() + (ending.size() == 1 ? " token" : " tokens")
                + " that this key signed would end now"
                + (administrators.isEmpty() ? "" : ", with countermark:admin among them " + shown(administrators))
                + "; replace what is still needed with countermark tokens rotate ID, which ends it after the overlap, or say"
                + " --end-its-tokens";
    }

    private static String shown(List<String> ids) {
        return String.join(", ", ids.subList(0, Math.min(3, ids.size())))
                + (ids.size() > 3 ? " and " + (ids.size() - 3) + " more" : "");
    }
}
