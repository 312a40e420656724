package dev.countermark.apitokens;

import dev.countermark.SigningKey;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder in which the service and the command of one machine keep what is theirs, readable by their owner only: the
 * file of keys {@code keys}, the SQLite database {@code tokens.db}, and how far a node has read.
 *
 * <p>Unless another is named it is {@code $COUNTERMARK_HOME}, else {@code $XDG_DATA_HOME/countermark}, else
 * {@code ~/.local/share/countermark}.
 *
 * @param path the folder; it need not be there yet
 */
public record DataFolder(Path path) {

    /** Names a folder, relative to the working directory or absolute; touches nothing. */
    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** The folder that the variables of an environment name. */
    public static DataFolder of(Map<String, String> variables) {
        var own = variables.getOrDefault("COUNTERMARK_HOME", "");
        if (!own.isEmpty()) {
            return new DataFolder(Path.of(own));
        }
        // A relative path there is to be ignored: XDG Base Directory Specification 0.8.
        var data = Path.of(variables.getOrDefault("XDG_DATA_HOME", ""));
        if (data.isAbsolute()) {
            return new DataFolder(data.resolve("countermark"));
        }
        var home = variables.getOrDefault("HOME", System.getProperty("user.home"));
        return new DataFolder(Path.of(home, ".local", "share", "countermark"));
    }

    /** The file of keys that sign and verify API tokens. */
    public KeyFile keys() {
        return KeyFile.at(path.resolve("keys"));
    }

    /** The SQLite file of API tokens. */
    public Path database() {
        return path.resolve("tokens.db");
    }

    /** Address of {@link #database} for {@code JdbcTokenStore.open}. */
    public String databaseUrl() {
        return "jdbc:sqlite:" + database();
    }

    /**
     * Makes the first key of a store, unless the file of keys is there already. On a database that other machines share,
     * a key that only this one has would help nobody.
     *
     * @return whether a key was made just now
     * @throws TokenStoreException if the store is shared, or has seen keys, and the file is not there
     * @throws UncheckedIOException if the file cannot be written
     */
    public static boolean makeKeyOnce(TokenStore store, KeyFile keys) {
        if (keys.exists()) {
            return false;
        }
        if (store.shared() || !store.keys().isEmpty()) {
            throw new TokenStoreException("there is no " + keys.path()
                    + "; copy the file of keys from another node, or make the first one with: countermark keys add");
        }
        return keys.addFirst(SigningKey::generate);
    }
}
