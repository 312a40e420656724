package dev.countermark.server.leaked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.server.RunningServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LeakedTest {

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.shared();
    }

    private static HttpResponse<String> report(String body) {
        return server.post("/leaked", null, body);
    }

    private static boolean isValid(String token) {
        return server.tokens().check(token) instanceof ApiTokenVerdict.Valid;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("twenty seconds have passed").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void genuine_tokens_are_revoked_and_others_are_not() {
        var first = server.token("ada");
        var second = server.adminToken();
        var kept = server.token("ada");
        var answer = report("{\"tokens\": [\"" + first + "\", \"cm_nonsense\", \"" + second + "\"]}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        await(() -> !isValid(first) && !isValid(second));
        assertThat(isValid(kept)).isTrue();
        var id = ((ApiTokenVerdict.Revoked) server.tokens().check(first)).id();
        assertThat(server.tokens().audit(AuditQuery.all().token(id)).items())
                .anySatisfy(entry -> assertThat(entry.actor()).isEqualTo("leak report"));
    }

    @Test
    void every_report_gets_one_answer() {
        var token = server.token("ada");
        var genuine = report("{\"tokens\": [\"" + token + "\"]}");
        for (var body : new String[] {"", "{", "[]", "{\"tokens\": 1}", "nothing", "\u0000", "x".repeat(64 * 1024)}) {
            var answer = report(body);
            assertThat(answer.statusCode()).as(body).isEqualTo(202);
            var headers = new HashMap<>(answer.headers().map());
            var expected = new HashMap<>(genuine.headers().map());
            headers.remove("date");
            expected.remove("date");
            assertThat(headers).isEqualTo(expected);
        }
        await(() -> !isValid(token));
    }

    @Test
    void what_is_not_genuine_writes_nothing() {
        // Reports are worked off one after the other: when a later one is done, so are those before.
        reportAndAwait(server.token("ada"));
        var revoked = server.token("ada");
        server.tokens().revokeText(revoked);
        var id = ((ApiTokenVerdict.Revoked) server.tokens().check(revoked)).id();
        var before = server.tokens().audit(AuditQuery.all().token(id)).items();
        report("{\"tokens\": [\"" + revoked + "\", \"" + revoked.substring(0, revoked.length() - 1) + "A\"]}");
        reportAndAwait(server.token("ada"));
        assertThat(server.tokens().audit(AuditQuery.all().token(id)).items()).isEqualTo(before);
    }

    private static void reportAndAwait(String token) {
        report(token);
        await(() -> !isValid(token));
    }
}
