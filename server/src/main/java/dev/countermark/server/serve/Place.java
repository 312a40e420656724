package dev.countermark.server.serve;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where the service keeps keys and tokens.
 *
 * @param folder the data folder
 * @param keys the file of keys, where one was named; empty text where a key itself was given
 * @param database the address of the database, where one was named
 */
record Place(Path folder, @Nullable String keys, @Nullable String database) {

    static Place of(Path folder, Environment environment) {
        var keys = environment.getProperty("countermark.key-file");
        var file = environment.getProperty("countermark.api-tokens.file");
        return new Place(
                folder,
                keys != null ? keys : GivenKeys.areIn(environment) ? "" : null,
                file == null ? environment.getProperty("countermark.api-tokens.url") : "jdbc:sqlite:" + file);
    }

    /** What is kept where, for a person. */
    String description() {
        if (keys == null && database == null) {
            return "its keys and tokens in " + folder;
        }
        return "its tokens in " + (database == null ? folder : withoutLogin(database))
                + (keys == null ? " and its keys in " + folder : keys.isEmpty() ? "" : " and its keys in " + keys);
    }

    /** Options with which the command works on the same; user and password come from the environment. */
    String options() {
        return (database == null ? "--data " + folder : "--database-url " + withoutLogin(database))
                + (keys != null && !keys.isEmpty()
                        ? " --keys " + keys
                        : database == null ? "" : " --keys " + folder.resolve("keys"));
    }

    /** Without its parameters, which may hold a password. */
    private static String withoutLogin(String database) {
        int question = database.indexOf('?');
        return question < 0 ? database : database.substring(0, question) + "?…";
    }
}
