package dev.countermark.cli.store;

import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.DataFolder;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.apitokens.KeyMismatchException;
import dev.countermark.apitokens.RefusedChangeException;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.TokenStoreException;
import dev.countermark.apitokens.jdbc.JdbcTokenStore;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where API tokens and their keys are, and how to work on them. */
public final class StoreOptions {

    /** What a node of the command is called, in messages of other nodes. */
    private static final String NAME = "countermark command";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {
                "The data folder, that of the service: $COUNTERMARK_HOME, else $XDG_DATA_HOME/countermark, else",
                // Alone, because a line may break behind its first dot.
                "~/.local/share/countermark."
            })
    private @Nullable Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = {
                "jdbc:sqlite:FILE or jdbc:postgresql://HOST/NAME; else COUNTERMARK_DATABASE_URL, unless --data is given, else"
                        + " tokens.db in the data folder.",
                "User and password of PostgreSQL: COUNTERMARK_DATABASE_USER and COUNTERMARK_DATABASE_PASSWORD."
            })
    private @Nullable String url;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "The file of keys; else COUNTERMARK_KEYS, else keys in the data folder.")
    private @Nullable Path keys;

    /** What to do with a store. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it; the answer is an exit code. */
        int on(T subject) throws IOException;
    }

    /** Opens the store and starts a node on it, which nobody counts; what fails becomes a line and an exit code. */
    public int withTokens(Surroundings surroundings, Work<ApiTokens> work) throws IOException {
        return withStore(surroundings, store -> {
            var file = keyFile(surroundings);
            if (DataFolder.makeKeyOnce(store, file)) {
                surroundings.note("made a new key in " + file.path());
            }
            var options = ApiTokenOptions.DEFAULT.nodeName(NAME).unlisted();
            if (isEmbedded(surroundings)) {
                options = options.dataFolder(folder(surroundings).path());
            }
            try (var tokens = ApiTokens.start(store, file, options)) {
                return work.on(tokens.actingAs("command of " + System.getProperty("user.name")));
            }
        });
    }

    /** Opens the store. */
    public int withStore(Surroundings surroundings, Work<TokenStore> work) throws IOException {
        if (url == null && data != null && !databaseUrl(surroundings).isEmpty()) {
            surroundings.note(
                    "--data precedes COUNTERMARK_DATABASE_URL: this works on the database in the data folder");
        }
        try (var store = open(surroundings)) {
            return work.on(store);
        } catch (RefusedChangeException e) {
            surroundings.note(String.valueOf(e.getMessage()));
            return ExitCode.REFUSED;
        } catch (TokenStoreException | KeyMismatchException e) {
            surroundings.note(String.valueOf(e.getMessage()));
            return ExitCode.UNAVAILABLE;
        }
    }

    /** The file of the SQLite database; null for another one. */
    @Nullable
    public Path databaseFile(Surroundings surroundings) {
        var address = url(surroundings);
        var start = "jdbc:sqlite:";
        int end = address.indexOf('?');
        return address.startsWith(start)
                ? Path.of(address.substring(start.length(), end < 0 ? address.length() : end))
                : null;
    }

    /**
     * Opens the store and nothing else; what fails is thrown.
     *
     * @throws TokenStoreException if it cannot be opened
     */
    public TokenStore open(Surroundings surroundings) {
        var variables = surroundings.variables();
        var user = variables.getOrDefault("COUNTERMARK_DATABASE_USER", "");
        return user.isEmpty()
                ? JdbcTokenStore.open(url(surroundings))
                : JdbcTokenStore.open(
                        url(surroundings), user, variables.getOrDefault("COUNTERMARK_DATABASE_PASSWORD", ""));
    }

    private String url(Surroundings surroundings) {
        if (url != null) {
            return url;
        }
        return isEmbedded(surroundings) ? folder(surroundings).databaseUrl() : databaseUrl(surroundings);
    }

    private static String databaseUrl(Surroundings surroundings) {
        return surroundings.variables().getOrDefault("COUNTERMARK_DATABASE_URL", "");
    }

    private DataFolder folder(Surroundings surroundings) {
        return data == null ? DataFolder.of(surroundings.variables()) : new DataFolder(data);
    }

    private boolean isEmbedded(Surroundings surroundings) {
        return url == null && (data != null || databaseUrl(surroundings).isEmpty());
    }

    /** Whether something here was named on the command line. */
    boolean isNamed() {
        return url != null || keys != null || data != null;
    }

    /** The keys of the file here, the one that signs first; none if there is no file. */
    public List<String> fingerprintsOfFile(Surroundings surroundings) {
        var file = keyFile(surroundings);
        return file.exists()
                ? file.keyring().keys().stream().map(SigningKey::fingerprint).toList()
                : List.of();
    }

    /** The file of keys here, which need not exist. */
    public KeyFile keyFile(Surroundings surroundings) {
        if (keys != null) {
            return KeyFile.at(keys);
        }
        var variable = surroundings.variables().getOrDefault("COUNTERMARK_KEYS", "");
        return variable.isEmpty() || data != null ? folder(surroundings).keys() : KeyFile.at(Path.of(variable));
    }
}
