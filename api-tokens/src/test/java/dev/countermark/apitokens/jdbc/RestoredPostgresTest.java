package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Unavailable;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.NodeStatus;
import dev.countermark.apitokens.RestoreAnswer;
import dev.countermark.apitokens.TokenStoreException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that is restored from a backup under two running nodes, one of which heard nothing of what was lost. */
class RestoredPostgresTest {

    private final TestPostgres server = TestPostgres.shared();
    private final String url = server.emptyDatabase();
    private final String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    private final KeySource keys = KeySource.of(Keyring.of(SigningKey.generate()));

    private JdbcTokenStore store;
    private ApiTokens one;
    private ApiTokens other;
    private String good = "";
    private String lost = "";

    private ApiTokens start(String node) {
        return ApiTokens.start(store, keys, ApiTokenOptions.DEFAULT.nodeName(node));
    }

    @BeforeEach
    void restoreUnderRunningNodes() {
        store = JdbcTokenStore.open(url);
        try (var tokens = start("first")) {
            good = tokens.issue(IssueRequest.forSubject("good")).text();
            lost = tokens.issue(IssueRequest.forSubject("lost")).text();
            tokens.revokeSubject("somebody");
        }
        store.close();
        server.awaitNobodyOn(url);
        server.execute("CREATE DATABASE " + name + "_backup TEMPLATE " + name);

        store = JdbcTokenStore.open(url);
        one = start("one");
        one.revokeText(lost);
        await(one, NodeStatus.State.HEARING, 2);
        other = start("other");
        server.execute("DROP DATABASE " + name + " WITH (FORCE)");
        server.execute("CREATE DATABASE " + name + " TEMPLATE " + name + "_backup");
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        store.close();
    }

    private static void await(ApiTokens tokens, NodeStatus.State state, long atLeast) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (tokens.status().state() != state || tokens.status().feedNumber() < atLeast) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** The poll has heard already; the pool, which was refused while the database was away, may pause for seconds. */
    private static void answer(ApiTokens node, RestoreAnswer answer) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            try {
                node.answerRestore(answer);
                return;
            } catch (TokenStoreException e) {
                assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            }
        }
    }

    @Test
    void it_is_noticed_and_the_operator_may_refuse_everything_that_was_issued_before() {
        for (var node : new ApiTokens[] {one, other}) {
            await(node, NodeStatus.State.RESTORED, 0);
            assertThat(node.check(good)).isInstanceOf(Unavailable.class);
        }
        answer(one, RestoreAnswer.REFUSE_ISSUED_BEFORE);
        for (var node : new ApiTokens[] {one, other}) {
            await(node, NodeStatus.State.HEARING, 3);
            assertThat(node.check(good)).isInstanceOf(Revoked.class);
            assertThat(node.check(lost)).isInstanceOf(Revoked.class);
        }
        assertThat(other.check(one.issue(IssueRequest.forSubject("good")).text()))
                .isInstanceOf(Valid.class);
    }

    @Test
    void it_is_noticed_and_the_operator_may_accept_it() {
        await(one, NodeStatus.State.RESTORED, 0);
        await(other, NodeStatus.State.RESTORED, 0);
        answer(other, RestoreAnswer.ACCEPT);
        for (var node : new ApiTokens[] {one, other}) {
            await(node, NodeStatus.State.HEARING, 3);
            assertThat(node.check(good)).isInstanceOf(Valid.class);
            assertThat(node.check(lost)).as("what it heard it keeps").isInstanceOf(Revoked.class);
        }
        assertThat(start("third").check(lost))
                .as("as the operator has accepted")
                .isInstanceOf(Valid.class);
        assertThat(one.confirm(one.revokeText(good)).found()).isTrue();
        assertThat(one.check(good)).isInstanceOf(Revoked.class);
    }
}
