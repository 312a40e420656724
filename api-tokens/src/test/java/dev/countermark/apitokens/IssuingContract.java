package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.BadTokenException;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.apitokens.ApiTokenVerdict.Expired;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.apitokens.ApiTokenVerdict.Unavailable;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is issued on every store, and what a check says of it. */
public abstract class IssuingContract extends StoreContract {

    /** @param emptyStore makes a store with nothing in it; the clock is its own, if it can be told */
    protected IssuingContract(Function<TestClock, TokenStore> emptyStore) {
        super(emptyStore);
    }

    @Test
    void a_token_says_who_it_speaks_for_and_what_it_may_do() {
        var issued =
                tokens.issue(request().name("laptop").scopes("read", "admin").metadata("team", "blue"));

        assertThat(issued.text()).startsWith("cm_").hasSizeLessThanOrEqualTo(2048);
        assertThat(tokens.check(issued.text())).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.subject()).isEqualTo("alice");
            assertThat(valid.scopes()).containsExactly("admin", "read");
            assertThat(valid.hasScope("read")).isTrue();
            assertThat(valid.hasScope("rea")).isFalse();
            assertThat(valid.id()).isEqualTo(issued.token().id());
            assertThat(valid.issuedAt()).isEqualTo(clock.instant());
            assertThat(valid.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(90)));
        });
        assertThat(issued.token().name()).isEqualTo("laptop");
        assertThat(issued.token().metadata()).isEqualTo(Map.of("team", "blue"));
    }

    @Test
    void nobody_is_granted_what_was_not_asked() {
        assertThat(tokens.verify(tokens.issue(request()).text()).scopes()).isEmpty();
        assertThat(tokens.verify(tokens.issue(request().scopes("read", "read")).text())
                        .scopes())
                .containsExactly("read");
    }

    @Test
    void a_subject_with_quotes_and_signs_of_all_kinds_comes_back() {
        for (var subject : List.of("a\"b", "back\\slash", "Zoë 🦊", "\\\"", "x".repeat(255))) {
            var issued = tokens.issue(IssueRequest.forSubject(subject));
            assertThat(tokens.verify(issued.text()).subject()).isEqualTo(subject);
        }
    }

    @Test
    void a_token_expires_after_its_last_second() {
        var text = tokens.issue(request().lifetime(Duration.ofMinutes(5))).text();
        clock.advance(Duration.ofMinutes(5));
        assertThat(tokens.check(text)).isInstanceOf(Valid.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.check(text)).isInstanceOf(Expired.class);
        assertThatThrownBy(() -> tokens.verify(text)).isInstanceOf(ExpiredTokenException.class);
    }

    @Test
    void a_lifetime_keeps_to_the_policy() {
        assertThatThrownBy(() -> tokens.issue(request().lifetime(Duration.ofDays(366))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("365");
    }

    @Test
    void a_token_that_would_be_too_long_is_not_issued_and_leaves_no_row() {
        var scopes = new String[12];
        for (int i = 0; i < scopes.length; i++) {
            scopes[i] = ("scope" + i + ":").repeat(20);
        }
        assertThatThrownBy(() -> tokens.issue(request().scopes(scopes)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "the token would have [0-9]+ characters, of at most 2048; give it fewer or shorter scopes");
        assertThat(tokens.list(TokenQuery.all()).items()).isEmpty();
        assertThat(tokens.audit(AuditQuery.all().subject("alice")).items()).isEmpty();
    }

    @Test
    void a_text_that_is_not_ours_is_rejected() {
        var text = tokens.issue(request()).text();
        for (var other :
                List.of("", "cm_", "x".repeat(5000), text + "A", "CM" + text.substring(2), text.substring(1))) {
            assertThat(tokens.check(other)).isInstanceOf(Rejected.class);
        }
        assertThatThrownBy(() -> tokens.verify("cm_x")).isInstanceOf(BadTokenException.class);
    }

    @Test
    void a_stateless_token_and_a_revocable_one_are_not_exchanged() {
        var stateless = StatelessApiTokens.of(Keyring.of(key)).clock(clock);
        assertThat(tokens.check(stateless.issue("alice", Set.of("read")))).isInstanceOf(Rejected.class);
        assertThat(stateless.check(tokens.issue(request()).text())).isInstanceOf(Rejected.class);
    }

    @Test
    void a_repeated_request_gets_the_same_text_for_a_day() {
        var wanted = request().scopes("read").idempotencyKey("k1");
        var first = tokens.issue(wanted);
        clock.advance(Duration.ofHours(23));
        assertThat(tokens.issue(wanted).text()).isEqualTo(first.text());
        assertThatThrownBy(() -> tokens.issue(request().scopes("write").idempotencyKey("k1")))
                .isInstanceOfSatisfying(
                        RefusedChangeException.class,
                        e -> assertThat(e.why()).isEqualTo(RefusedChangeException.Why.IDEMPOTENCY_KEY_REUSED));
        assertThat(tokens.actingAs("somebody else").issue(wanted).text()).isNotEqualTo(first.text());
        clock.advance(Duration.ofHours(1));
        assertThat(tokens.issue(wanted).text()).isNotEqualTo(first.text());
    }

    @Test
    void a_reserved_scope_counts_only_with_its_live_row() {
        var admin = tokens.issue(request().scopes(ApiTokens.ADMIN_SCOPE));
        assertThat(tokens.check(admin.text())).isInstanceOf(Valid.class);

        // What somebody with a stolen key would do: an unknown id, or the id of a lesser token.
        var elsewhere = start(new InMemoryTokenStore(clock), ApiTokenOptions.DEFAULT);
        var minted = elsewhere.issue(request().scopes(ApiTokens.ADMIN_SCOPE));
        assertThat(tokens.check(minted.text())).isEqualTo(new Rejected(Reason.CLAIM_MISMATCH));
        var lesser = tokens.issue(request().scopes("read"));
        var raised = SignedTokens.withStore(Keyring.of(key), "cm", clock)
                .sign(
                        new Claims(
                                lesser.token().id(),
                                "alice",
                                ApiTokens.ADMIN_SCOPE,
                                lesser.token().expiresAt().getEpochSecond(),
                                0),
                        lesser.token().issuedAt());
        assertThat(tokens.check(raised)).isInstanceOf(Rejected.class);
    }

    @Test
    void a_closed_node_says_unavailable_and_never_valid() {
        var text = tokens.issue(request()).text();
        tokens.close();
        assertThat(tokens.check(text)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> tokens.verify(text))
                .isInstanceOf(RevocationsUnavailableException.class)
                .isNotInstanceOf(BadTokenException.class);
    }

    @Test
    void nothing_shows_a_token_or_what_is_private() {
        var secret = "alice-is-private";
        var wanted = IssueRequest.forSubject(secret)
                .name(secret)
                .metadata(secret, secret)
                .scopes(secret);
        var issued = tokens.issue(wanted);
        var shown = List.of(
                wanted,
                issued,
                issued.token(),
                tokens,
                tokens.check(issued.text()),
                tokens.list(TokenQuery.all()),
                TokenQuery.all().subject(secret),
                AuditQuery.all().subject(secret),
                new TokenStore.Draft(
                        issued.token().id(),
                        "cm",
                        secret,
                        secret,
                        secret,
                        Map.of(secret, secret),
                        issued.token().issuedAt(),
                        issued.token().expiresAt(),
                        "fingerprint",
                        false,
                        Optional.of(new TokenStore.Idempotency(secret, secret))),
                new TokenStore.Idempotency(secret, secret),
                tokens.audit(AuditQuery.all()),
                tokens.revokeText(issued.text()),
                tokens.check(issued.text()),
                store,
                StatelessApiTokens.of(Keyring.of(key)));
        assertThat(shown.toString())
                .doesNotContain(secret, issued.text(), issued.text().substring(20, 60), key.revealBase64());
    }

    @Test
    void a_request_out_of_range_says_what_is_wrong() {
        assertThatThrownBy(() -> IssueRequest.forSubject("")).hasMessageContaining("subject");
        assertThatThrownBy(() -> IssueRequest.forSubject("a\nb")).hasMessageContaining("control");
        assertThatThrownBy(() -> IssueRequest.forSubject("\ud800")).hasMessageContaining("Unicode");
        assertThatThrownBy(() -> request().scopes("a b")).hasMessageContaining("scope");
        assertThatThrownBy(() -> request().lifetime(Duration.ofMillis(1500))).hasMessageContaining("whole");
        assertThatThrownBy(() -> request().idempotencyKey("")).hasMessage("an idempotency key has 1 to 200 characters");
        assertThatThrownBy(() -> tokens.actingAs("")).hasMessage("an actor has 1 to 200 characters");
        assertThatThrownBy(() -> ApiTokenOptions.DEFAULT.prefix("C")).hasMessageContaining("prefix");
    }
}
