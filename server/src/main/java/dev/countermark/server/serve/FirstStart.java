package dev.countermark.server.serve;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.AuditEntry;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.TokenQuery;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Prints an admin token and what to do with it, once in the life of a database and before the port opens.
 *
 * <p>It goes to standard output, and the log to standard error: whoever collects logs collects no token.
 */
final class FirstStart implements SmartInitializingSingleton, ApplicationListener<WebServerInitializedEvent> {

    /** Two nodes that start on one new database at once show the same token. */
    private static final String ONCE = "first admin token";

    private static final String JSON = " -H 'Content-Type: application/json'";

    private final ApiTokens tokens;
    private final Address address;
    private final Place place;
    private final PrintStream out;
    private @Nullable String admin;

    FirstStart(ApiTokens tokens, Address address, Place place, PrintStream out) {
        this.tokens = tokens;
        this.address = address;
        this.place = place;
        this.out = out;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (address.isExposed()) {
            throw new StartFailure(
                    "On " + address.host() + " other machines could read tokens on their way: there is no TLS.",
                    "Give --tls-certificate and --tls-key, or say --behind-proxy if a reverse proxy ends TLS in front of it,"
                            + " or listen on 127.0.0.1.");
        }
        if (address.port() != 0 && address.port() == address.managementPort()) {
            throw new StartFailure(
                    "Health and metrics would be on the port of the service, open to its clients.",
                    "Give another --management-port.");
        }
        // A token that is shown beside the address of another program would be sent to that one.
        address.requireFree();
        if (isNew()) {
            admin = tokens.actingAs("countermark serve")
                    .issue(IssueRequest.forSubject("admin")
                            .name(ONCE)
                            .scopes(ApiTokens.ADMIN_SCOPE)
                            .idempotencyKey(ONCE))
                    .text();
            if (address.port() != 0) {
                print(admin, address.port());
            }
        }
    }

    /** Nobody has ever issued a token here. */
    private boolean isNew() {
        if (!tokens.list(TokenQuery.all().limit(1)).items().isEmpty()) {
            return false;
        }
        var query = AuditQuery.all().limit(1000);
        while (true) {
            var page = tokens.audit(query);
            if (page.items().stream().anyMatch(entry -> entry.action() == AuditEntry.Action.ISSUED)) {
                return false;
            }
            if (page.next().isEmpty()) {
                return true;
            }
            query = query.after(page.next().get());
        }
    }

    /** Only now is a port known that nobody has chosen. */
    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (admin != null
                && address.port() == 0
                && event.getApplicationContext().getServerNamespace() == null) {
            print(admin, event.getWebServer().getPort());
        }
        admin = null;
    }

    private void print(String token, int port) {
        var url = address.url(port);
        var insecure = address.tls() ? " -k" : "";
        out.print("Countermark " + ServeCommand.Version.text() + " keeps " + place.description() + "\n"
                + "\n"
                + "Admin token, shown only now (another one: countermark tokens issue --admin " + place.options()
                + "):\n"
                + "\n"
                + "  " + token + "\n"
                + "\n"
                + "Issue a token, verify it, revoke it:\n"
                + "\n"
                + "  ADMIN='" + token + "'\n"
                + "  TOKEN=$(curl -sS" + insecure + " " + url + "/v1/tokens -H \"Authorization: Bearer $ADMIN\""
                + JSON
                + " -d '{\"subject\":\"alice\"}' | tee /dev/stderr | sed -n 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/p')\n"
                + "  curl -i" + insecure + " " + url + "/verify -H \"Authorization: Bearer $TOKEN\"\n"
                + "  curl -i" + insecure + " " + url + "/v1/revocations -H \"Authorization: Bearer $ADMIN\""
                + JSON + " -d \"{\\\"token\\\":\\\"$TOKEN\\\"}\"\n"
                + "\n"
                + "Admin page: " + url + "/\n");
        out.flush();
    }
}
