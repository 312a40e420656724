package dev.countermark.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.TokenStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;

/** Where the tokens are kept. */
class StoreChoiceTest {

    @TempDir
    Path folder;

    ApplicationContextRunner application;

    @BeforeEach
    void runner() {
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        KeyringAutoConfiguration.class,
                        ApiTokensAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class))
                .withPropertyValues(
                        "spring.autoconfigure.exclude=",
                        "countermark.key=n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w",
                        "countermark.api-tokens.data-folder=" + folder.resolve("data"));
    }

    String sqlite() throws Exception {
        var file = Files.createFile(
                folder.resolve("application.db"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return "jdbc:sqlite:" + file;
    }

    FailureAnalysis refusal(ApplicationContextRunner application) {
        var found = new FailureAnalysis[1];
        application.run(context -> {
            assertThat(context).hasFailed();
            found[0] = new StartFailureAnalyzer().analyze(context.getStartupFailure());
        });
        assertThat(found[0]).isNotNull();
        return found[0];
    }

    @Test
    void the_applications_sqlite_database_is_used_with_transactions_of_our_own() throws Exception {
        application.withPropertyValues("spring.datasource.url=" + sqlite()).run(context -> {
            var jdbc = context.getBean(JdbcTemplate.class);
            var id = issuedInATransactionThatIsRolledBack(context);
            assertThat(context.getBean(ApiTokens.class).find(id)).isPresent();
            assertThat(jdbc.queryForObject("SELECT count(*) FROM countermark_token", Integer.class))
                    .isEqualTo(1);
            assertThat(folder.resolve("data/tokens.db")).doesNotExist();
        });
    }

    @Test
    void the_applications_postgres_database_is_used_with_transactions_of_our_own() throws Exception {
        // The library that starts it turns the settings off that keep what was acknowledged.
        try (var postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start()) {
            application
                    .withPropertyValues(
                            "spring.datasource.url=jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
                            "spring.datasource.username=postgres",
                            "spring.datasource.password=postgres")
                    .run(context -> {
                        var id = issuedInATransactionThatIsRolledBack(context);
                        assertThat(context.getBean(ApiTokens.class).find(id)).isPresent();
                        assertThat(context.getBean(JdbcTemplate.class)
                                        .queryForObject("SELECT count(*) FROM countermark_token", Integer.class))
                                .isEqualTo(1);
                    });
        }
        assertThat(folder.resolve("data/tokens.db")).doesNotExist();
    }

    private static String issuedInATransactionThatIsRolledBack(ApplicationContext context) {
        var tokens = context.getBean(ApiTokens.class);
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).execute(status -> {
            status.setRollbackOnly();
            return tokens.issue(IssueRequest.forSubject("ada")).token().id();
        });
    }

    @Test
    void a_data_source_made_by_hand_is_used_when_it_tells_its_address() throws Exception {
        var source = new SQLiteDataSource();
        source.setUrl(sqlite());
        application
                .withBean(DataSource.class, () -> source)
                .run(context -> assertThat(context).hasSingleBean(TokenStore.class));
        assertThat(folder.resolve("data/tokens.db")).doesNotExist();
    }

    @Test
    void addresses_and_logins_are_read_from_pools_and_drivers() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:postgresql://localhost/shop");
        pool.setUsername("ada");
        pool.setPassword("lovelace");
        assertThat(DatabaseAddress.of(pool))
                .contains(new DatabaseAddress("jdbc:postgresql://localhost/shop", "ada", "lovelace"));
        pool.close();
        var driver = new PGSimpleDataSource();
        driver.setUser("ada");
        driver.setPassword("lovelace");
        assertThat(DatabaseAddress.of(driver)).hasValueSatisfying(address -> {
            assertThat(address.kind()).isEqualTo("postgresql");
            assertThat(address.password()).isEqualTo("lovelace");
            assertThat(address.toString()).isEqualTo("DatabaseAddress[postgresql]");
        });
    }

    @Test
    void another_database_is_refused_with_the_property_to_set() {
        var refusal = refusal(application.withPropertyValues("spring.datasource.url=jdbc:h2:mem:shop"));
        assertThat(refusal.getDescription()).contains("'h2'");
        assertThat(refusal.getAction())
                .contains("countermark.api-tokens.file")
                .contains("countermark.api-tokens.url")
                .contains("countermark.api-tokens.stateless");
    }

    @Test
    void beside_another_database_the_tokens_have_a_file() {
        var file = folder.resolve("own/tokens.db");
        application
                .withPropertyValues("spring.datasource.url=jdbc:h2:mem:shop", "countermark.api-tokens.file=" + file)
                .run(context -> assertThat(context).hasSingleBean(ApiTokens.class));
        assertThat(file).exists();
    }

    @Test
    void an_own_address_comes_before_the_applications_database() {
        var file = folder.resolve("own.db");
        application
                .withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:shop", "countermark.api-tokens.url=jdbc:sqlite:" + file)
                .run(context -> assertThat(context).hasSingleBean(ApiTokens.class));
        assertThat(file).exists();
    }

    @Test
    void a_data_source_that_does_not_tell_and_several_are_refused() {
        var silent = new DriverManagerDataSource("jdbc:nothing:here");
        assertThat(refusal(application.withBean(DataSource.class, () -> silent)).getDescription())
                .isEqualTo("The application's DataSource does not tell where its database is, or how to log in.");
        assertThat(refusal(application
                                .withBean("one", DataSource.class, () -> silent)
                                .withBean("two", DataSource.class, () -> silent))
                        .getDescription())
                .isEqualTo("The application has several DataSources and none is primary.");
    }

    @Test
    void a_database_that_does_not_answer_stops_the_start() {
        var refusal = refusal(application.withPropertyValues(
                "countermark.api-tokens.url=jdbc:postgresql://127.0.0.1:1/shop",
                "countermark.api-tokens.username=ada",
                "countermark.api-tokens.password=lovelace"));
        assertThat(refusal.getDescription())
                .startsWith("The database of the API tokens cannot be used: ")
                .doesNotContain("lovelace");
    }

    @Test
    void without_spring_jdbc_there_is_a_file() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.jdbc", "org.springframework.jdbc"))
                .run(context -> assertThat(context).hasSingleBean(ApiTokens.class));
        assertThat(folder.resolve("data/tokens.db")).exists();
    }

    @Test
    void another_key_than_the_databases_stops_the_start() {
        var file = "countermark.api-tokens.file=" + folder.resolve("tokens.db");
        application.withPropertyValues(file).run(context -> assertThat(context).hasNotFailed());
        var refusal = refusal(application.withPropertyValues(
                file, "countermark.key=" + SigningKey.generate().revealBase64()));
        assertThat(refusal.getDescription()).startsWith("The key of this application is not the one");
    }

    @Test
    void a_lease_out_of_range_stops_the_start() {
        var file = "countermark.api-tokens.file=" + folder.resolve("tokens.db");
        assertThat(refusal(application.withPropertyValues(file, "countermark.api-tokens.lease=1h"))
                        .getDescription())
                .contains("lease");
    }
}
