package dev.countermark.spring;

import java.io.File;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of API tokens, under {@code countermark.api-tokens}.
 *
 * @param enabled Whether the application has API tokens.
 * @param stateless Whether tokens are only issued and checked, without a store. They then expire and cannot be revoked.
 * @param prefix What tokens begin with, before an underscore. A letter and 1 to 15 letters or digits, lower case.
 * @param defaultLifetime Lifetime of a token for which none is asked.
 * @param maximumLifetime Longest lifetime that may be asked for.
 * @param file SQLite file of the tokens, instead of the application's DataSource. Made when absent.
 * @param url JDBC address of the tokens' own database, SQLite or PostgreSQL, instead of the application's DataSource.
 * @param username User name for the database at countermark.api-tokens.url.
 * @param password Password for the database at countermark.api-tokens.url.
 * @param dataFolder Folder of this node, with the SQLite file when there is no other database. One folder belongs to one
 *     node.
 * @param nodeName What to call this node in the audit and among the nodes. The name of the application by default.
 * @param lease How long a node answers from memory after it last heard from the database.
 * @param pollInterval How often a node asks the database without being woken. At most a third of the lease; one second by
 *     default, or a fifth of a lease that is shorter than five.
 * @param basicUserName Whether a token may also come as the user name of HTTP Basic, with an empty password.
 * @param methodSecurity Whether annotations such as @PreAuthorize on methods of the application count.
 */
@ConfigurationProperties("countermark.api-tokens")
public record ApiTokensProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean stateless,
        @DefaultValue("cm") String prefix,
        @DefaultValue("90d") Duration defaultLifetime,
        @DefaultValue("365d") Duration maximumLifetime,
        @Nullable File file,
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("countermark-data") File dataFolder,
        @Nullable String nodeName,
        @DefaultValue("5s") Duration lease,
        @Nullable Duration pollInterval,
        @DefaultValue("false") boolean basicUserName,
        @DefaultValue("true") boolean methodSecurity) {

    /** Never a password. */
    @Override
    public String toString() {
        return "ApiTokensProperties[prefix=" + prefix + ", stateless=" + stateless + "]";
    }
}
