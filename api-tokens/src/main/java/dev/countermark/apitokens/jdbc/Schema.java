package dev.countermark.apitokens.jdbc;

import dev.countermark.apitokens.TokenStoreException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The tables, brought up to date by Flyway under a history table of their own, beside whatever else the database holds.
 *
 * <p>A script only adds, so a node of the version before goes on answering; and a node accepts a schema that is newer
 * than its own.
 */
final class Schema {

    /** Version of the newest script. */
    private static final String NEWEST = "2";

    private static final String HISTORY = "countermark_schema_history";
    private static final List<String> SCRIPTS = List.of("V1__tokens.sql", "V2__last_use.sql");

    private Schema() {}

    /** Whether there is nothing to do; fails where there is no history yet. */
    static boolean isNewest(Session session) throws SQLException {
        return session.number("SELECT count(*) FROM " + HISTORY + " WHERE version = ?", NEWEST) > 0;
    }

    static void migrate(DataSource source, Map<String, String> placeholders) {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .loggers("slf4j")
                    .dataSource(source)
                    .table(HISTORY)
                    .resourceProvider(new Scripts())
                    .placeholders(placeholders)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .ignoreMigrationPatterns("*:future")
                    // Builds before the first release had a V1 that said a little more: no reason to refuse their
                    // databases.
                    .validateOnMigrate(false)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new TokenStoreException("the tables of API tokens cannot be brought up to date", e);
        }
    }

    /** Scripts by name, without a search of the class path. */
    private static final class Scripts implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return SCRIPTS.contains(name) ? new Script(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return SCRIPTS.stream()
                    .filter(name -> name.startsWith(prefix) && List.of(suffixes).contains(".sql"))
                    .<LoadableResource>map(Script::new)
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {

        private final String name;

        Script(String name) {
            this.name = name;
        }

        private InputStream open() {
            return Objects.requireNonNull(Schema.class.getResourceAsStream("schema/" + name), name);
        }

        @Override
        public Reader read() {
            return new InputStreamReader(open(), StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
