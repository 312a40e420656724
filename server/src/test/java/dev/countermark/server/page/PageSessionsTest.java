package dev.countermark.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.InMemoryTokenStore;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.RefusedChangeException;
import dev.countermark.apitokens.TokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When sessions end by themselves. */
class PageSessionsTest {

    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-11-26T12:00:00Z"));
    private final AtomicReference<Keyring> keys = new AtomicReference<>(Keyring.of(SigningKey.generate()));
    private final TokenStore store = new InMemoryTokenStore();
    private ApiTokens tokens;
    private PageSessions sessions;

    @BeforeEach
    void start() {
        tokens = ApiTokens.start(store, keys::get, ApiTokenOptions.DEFAULT.clock(clock()));
        sessions = new PageSessions(tokens);
    }

    @AfterEach
    void stop() {
        tokens.close();
        store.close();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return time.get();
            }
        };
    }

    private void pass(Duration duration) {
        time.updateAndGet(now -> now.plus(duration));
    }

    private String opened(Duration lifetime) {
        var admin =
                IssueRequest.forSubject("root").scopes(ApiTokens.ADMIN_SCOPE).lifetime(lifetime);
        return sessions.open(tokens.issue(admin).text()).orElseThrow();
    }

    private boolean open(String session) {
        boolean open = sessions.find(session).isPresent();
        tokens.writeLastUses();
        return open;
    }

    @Test
    void after_half_an_hour_without_a_request() {
        var session = opened(Duration.ofDays(1));
        for (int i = 0; i < 5; i++) {
            pass(PageSessions.IDLE.minusSeconds(1));
            assertThat(open(session)).isTrue();
        }
        pass(PageSessions.IDLE);
        assertThat(open(session)).isFalse();
        // The request that came too late does not bring it back.
        assertThat(open(session)).isFalse();
    }

    @Test
    void after_twelve_hours_however_busy() {
        var session = opened(Duration.ofDays(1));
        for (int i = 0; i < 48; i++) {
            assertThat(open(session)).isTrue();
            pass(Duration.ofMinutes(15));
        }
        pass(Duration.ofSeconds(1));
        assertThat(open(session)).isFalse();
    }

    @Test
    void with_the_token_they_were_opened_with() {
        var session = opened(Duration.ofMinutes(10));
        pass(Duration.ofMinutes(10));
        assertThat(open(session)).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(open(session)).isFalse();
    }

    @Test
    void when_the_key_of_that_token_is_retired() {
        var old = keys.get().primary();
        var admin = tokens.issue(IssueRequest.forSubject("root").scopes(ApiTokens.ADMIN_SCOPE));
        keys.set(Keyring.of(SigningKey.generate()).accepting(old));
        tokens.reloadKeys();
        var session = sessions.open(admin.text()).orElseThrow();
        assertThat(open(session)).isTrue();
        retire(old);
        assertThat(open(session)).isFalse();
    }

    /** Once this node has reported that it signs with another. */
    private void retire(SigningKey key) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                tokens.retireKey(key.fingerprint());
                return;
            } catch (RefusedChangeException e) {
                assertThat(System.nanoTime()).as("20 s are over").isLessThan(deadline);
            }
        }
    }
}
