package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.BadTokenException;
import dev.countermark.ExpiredTokenException;
import dev.countermark.Keyring;
import dev.countermark.Reason;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Expired;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Unavailable;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds on every store. */
@SuppressWarnings("this-escape") // a subclass has no state when its store is made
public abstract class ApiTokensContract {

    private final TestClock clock = new TestClock();
    private final TokenStore store = emptyStore(clock);
    private final SigningKey key = SigningKey.generate();
    private final List<ApiTokens> started = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final ApiTokens tokens = start(store, ApiTokenOptions.DEFAULT);

    /** A store with nothing in it; the clock is its own, if it can be told. */
    protected abstract TokenStore emptyStore(TestClock clock);

    private ApiTokens start(TokenStore store, ApiTokenOptions options) {
        var node = ApiTokens.start(store, KeySource.of(Keyring.of(key)), options.clock(clock));
        started.add(node);
        return node;
    }

    @AfterEach
    void stop() {
        started.forEach(ApiTokens::close);
        store.close();
    }

    private static IssueRequest request() {
        return IssueRequest.forSubject("alice");
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
        assertThatThrownBy(() -> tokens.issue(request().scopes(scopes))).isInstanceOf(IllegalArgumentException.class);
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
    void a_revoked_token_is_refused_here_at_once_and_elsewhere_when_confirmed() {
        var other = start(store, ApiTokenOptions.DEFAULT.nodeName("other"));
        var text = tokens.issue(request()).text();
        assertThat(other.check(text)).isInstanceOf(Valid.class);

        var outcome = tokens.revokeText(text);
        assertThat(tokens.check(text)).isInstanceOf(Revoked.class);
        var confirmed = tokens.confirm(outcome);

        assertThat(confirmed.live()).isEqualTo(2);
        assertThat(confirmed.everywhere()).isTrue();
        assertThat(other.check(text)).isInstanceOf(Revoked.class);
        assertThatThrownBy(() -> other.verify(text)).isInstanceOf(RevokedTokenException.class);
    }

    @Test
    void revoking_a_subject_spares_what_is_issued_later() {
        var before = tokens.issue(request()).text();
        var others = tokens.issue(IssueRequest.forSubject("bob")).text();
        tokens.revokeSubject("alice");
        var after = tokens.issue(request()).text();

        assertThat(tokens.check(before)).isInstanceOf(Revoked.class);
        assertThat(tokens.check(others)).isInstanceOf(Valid.class);
        assertThat(tokens.check(after)).isInstanceOf(Valid.class);
        assertThat(tokens.list(TokenQuery.all().subject("alice").state(TokenState.REVOKED))
                        .items())
                .hasSize(1);
    }

    @Test
    void a_token_that_the_store_does_not_know_is_revoked_by_its_text() {
        var elsewhere = start(new InMemoryTokenStore(clock), ApiTokenOptions.DEFAULT);
        var minted = elsewhere.issue(request()).text();
        assertThat(tokens.check(minted)).isInstanceOf(Valid.class);
        assertThat(tokens.revokeText(minted).found()).isTrue();
        assertThat(tokens.check(minted)).isInstanceOf(Revoked.class);
        assertThat(tokens.revokeText("cm_x.y.z").found()).isFalse();
        assertThat(tokens.revoke(TokenId.random()).found()).isFalse();
    }

    @Test
    void rotation_keeps_what_the_token_is_and_overlaps() {
        var old = tokens.issue(
                request().name("ci").scopes("read").metadata("a", "b").lifetime(Duration.ofDays(30)));
        clock.advance(Duration.ofDays(1));
        var fresh = tokens.rotate(old.token().id(), Duration.ofHours(1));

        assertThat(fresh.token().name()).isEqualTo("ci");
        assertThat(fresh.token().metadata()).isEqualTo(Map.of("a", "b"));
        assertThat(fresh.token().scopes()).containsExactly("read");
        assertThat(fresh.token().replaces()).contains(old.token().id());
        assertThat(fresh.token().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        assertThat(tokens.find(old.token().id()).orElseThrow().replacedBy())
                .contains(fresh.token().id());

        clock.advance(Duration.ofMinutes(59));
        assertThat(tokens.check(old.text())).isInstanceOf(Valid.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(tokens.check(old.text()))
                .isInstanceOfSatisfying(
                        Revoked.class, revoked -> assertThat(revoked.rotated()).isTrue());
        assertThat(tokens.check(fresh.text())).isInstanceOf(Valid.class);
    }

    @Test
    void rotation_without_overlap_ends_the_old_token_at_once() {
        var old = tokens.issue(request());
        tokens.rotate(old.token().id(), Duration.ZERO);
        assertThat(tokens.check(old.text())).isInstanceOf(Revoked.class);
        assertThat(tokens.find(old.token().id()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void a_rotated_token_that_is_revoked_ends_before_its_overlap() {
        var old = tokens.issue(request());
        tokens.rotate(old.token().id(), Duration.ofHours(1));
        tokens.revoke(old.token().id());
        assertThat(tokens.check(old.text())).isInstanceOf(Revoked.class);
    }

    @Test
    void a_token_has_one_successor_however_many_ask() throws Exception {
        var old = tokens.issue(request());
        var pool = Executors.newFixedThreadPool(8);
        try {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> {
                    try {
                        tokens.rotate(old.token().id(), Duration.ZERO);
                        return true;
                    } catch (RefusedChangeException e) {
                        assertThat(e.why()).isEqualTo(RefusedChangeException.Why.ALREADY_ROTATED);
                        return false;
                    }
                });
            }
            int successors = 0;
            for (var result : pool.invokeAll(calls)) {
                successors += result.get() ? 1 : 0;
            }
            assertThat(successors).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(tokens.list(TokenQuery.all()).items()).hasSize(2);
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
    void a_repeated_rotation_gets_the_same_text() {
        var old = tokens.issue(request());
        var first = tokens.rotate(old.token().id(), Duration.ofHours(1), "k2");
        assertThat(tokens.rotate(old.token().id(), Duration.ofHours(1), "k2").text())
                .isEqualTo(first.text());
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
    void last_use_is_written_at_most_once_a_minute() {
        var issued = tokens.issue(request());
        var id = issued.token().id();
        assertThat(tokens.lastUsed(id)).isEmpty();
        var first = clock.instant();
        tokens.check(issued.text());
        tokens.writeLastUses();
        clock.advance(Duration.ofSeconds(59));
        tokens.check(issued.text());
        tokens.writeLastUses();
        assertThat(tokens.lastUsed(id)).contains(first);
        clock.advance(Duration.ofSeconds(1));
        tokens.check(issued.text());
        tokens.writeLastUses();
        assertThat(tokens.lastUsed(id)).contains(first.plusSeconds(60));
    }

    @Test
    void listeners_hear_of_changes_and_of_reuse_after_rotation() {
        var listening = start(
                        store, ApiTokenOptions.DEFAULT.nodeName("listening").events(new TokenEvents() {
                            @Override
                            public void issued(ApiToken token, String actor) {
                                heard.add("issued by " + actor);
                            }

                            @Override
                            public void rotated(String id, ApiToken successor, String actor) {
                                heard.add("rotated by " + actor);
                            }

                            @Override
                            public void revoked(String id, String actor) {
                                heard.add("revoked by " + actor);
                                throw new IllegalStateException("a listener's fault stays its own");
                            }

                            @Override
                            public void reusedAfterRotation(String id, String subject) {
                                heard.add("reused by " + subject);
                            }
                        }))
                .actingAs("root");
        var old = listening.issue(request());
        listening.rotate(old.token().id(), Duration.ZERO);
        listening.check(old.text());
        listening.check(old.text());
        listening.revoke(old.token().id());
        assertThat(heard).containsExactly("issued by root", "rotated by root", "reused by alice", "revoked by root");
    }

    @Test
    void audit_tells_who_did_what() {
        var acting = tokens.actingAs("root");
        var issued = acting.issue(request());
        acting.revoke(issued.token().id());
        acting.revokeSubject("alice");
        var rows = tokens.audit(AuditQuery.all().subject("alice").limit(2));
        assertThat(rows.items())
                .extracting(AuditEntry::action)
                .containsExactly(AuditEntry.Action.SUBJECT_REVOKED, AuditEntry.Action.REVOKED);
        var rest =
                tokens.audit(AuditQuery.all().subject("alice").after(rows.next().orElseThrow()));
        assertThat(rest.items()).extracting(AuditEntry::action).containsExactly(AuditEntry.Action.ISSUED);
        assertThat(rest.items()).extracting(AuditEntry::actor).containsOnly("root");
        assertThat(rest.next()).isEmpty();
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
        assertThatThrownBy(() -> ApiTokenOptions.DEFAULT.prefix("C")).hasMessageContaining("prefix");
    }

    @Test
    void lists_are_by_subject_and_state_and_page_through_everything_once() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 25; i++) {
            var issued = tokens.issue(request().lifetime(Duration.ofMinutes(1 + i % 5)));
            expected.add(issued.token().id());
            tokens.issue(IssueRequest.forSubject("bob"));
        }
        for (int i = 0; i < 5; i++) {
            tokens.revoke(expected.get(i * 5 + 4));
        }
        clock.advance(Duration.ofSeconds(61));

        assertThat(ids(TokenQuery.all().subject("alice").limit(4))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(ids(TokenQuery.all().limit(7))).hasSize(50).doesNotHaveDuplicates();
        assertThat(ids(TokenQuery.all()
                        .subject("alice")
                        .state(TokenState.REVOKED)
                        .limit(2)))
                .hasSize(5);
        assertThat(ids(TokenQuery.all()
                        .subject("alice")
                        .state(TokenState.EXPIRED)
                        .limit(2)))
                .hasSize(5);
        assertThat(ids(TokenQuery.all()
                        .subject("alice")
                        .state(TokenState.ACTIVE)
                        .limit(2)))
                .hasSize(15);
        assertThat(ids(TokenQuery.all().state(TokenState.ACTIVE))).hasSize(40);
        assertThat(ids(TokenQuery.all().state(TokenState.REVOKED))).hasSize(5);
        assertThat(ids(TokenQuery.all().state(TokenState.EXPIRED))).hasSize(5);
        assertThatThrownBy(() -> tokens.list(TokenQuery.all().after("1-x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> ids(TokenQuery query) {
        var ids = new ArrayList<String>();
        var page = tokens.list(query);
        while (true) {
            assertThat(page.items()).hasSizeLessThanOrEqualTo(query.limit());
            page.items().forEach(token -> ids.add(token.id()));
            if (page.next().isEmpty()) {
                return ids;
            }
            page = tokens.list(query.after(page.next().get()));
        }
    }

    @Test
    void a_node_that_starts_later_knows_every_revocation() {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            texts.add(tokens.issue(IssueRequest.forSubject("s" + i % 4)).text());
        }
        tokens.revokeText(texts.get(0));
        tokens.revokeSubject("s1");
        var other = start(store, ApiTokenOptions.DEFAULT.nodeName("later"));
        for (int i = 0; i < 20; i++) {
            assertThat(other.check(texts.get(i))).isInstanceOf(i == 0 || i % 4 == 1 ? Revoked.class : Valid.class);
        }
    }

    @Test
    void a_token_that_expires_soon_is_announced_once_and_not_when_it_was_short_or_replaced() {
        var node = listening();
        var shortLived = node.issue(request().lifetime(Duration.ofDays(7)));
        var soon = node.issue(request().lifetime(Duration.ofDays(8)));
        var later = node.issue(request().lifetime(Duration.ofDays(30)));
        var replaced = node.issue(request().lifetime(Duration.ofDays(8)));
        var revoked = node.issue(request().lifetime(Duration.ofDays(8)));
        node.rotate(replaced.token().id(), Duration.ofDays(7));
        node.revoke(revoked.token().id());
        clock.advance(Duration.ofHours(25));
        var expiring = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            store.takeExpiring(clock.instant(), clock.instant().plus(TokenStore.ANNOUNCED), 10)
                    .forEach(token -> expiring.add(token.id()));
        }
        assertThat(expiring).contains(soon.token().id()).doesNotHaveDuplicates();
        assertThat(expiring)
                .doesNotContain(
                        shortLived.token().id(),
                        later.token().id(),
                        replaced.token().id(),
                        revoked.token().id());
    }

    private ApiTokens listening() {
        return start(store, ApiTokenOptions.DEFAULT.nodeName("listening"));
    }

    @Test
    void what_ended_is_pruned_after_a_day_and_revocations_are_kept_till_then() {
        clock.set(Instant.now());
        var ended = tokens.issue(request().lifetime(Duration.ofHours(1)));
        var ending = tokens.issue(request().lifetime(Duration.ofHours(30)));
        var past = clock.instant().minus(Duration.ofHours(25)).minus(Duration.ofMinutes(5));
        // The same, as it was written a day and more ago.
        var old = store.issue(
                new TokenStore.Draft(
                        TokenId.random(),
                        "cm",
                        "old",
                        "",
                        "",
                        Map.of(),
                        past,
                        past.plusSeconds(60),
                        "key",
                        false,
                        Optional.empty()),
                new TokenStore.Change("test", past));
        store.revoke(old.id(), Optional.empty(), new TokenStore.Change("test", past));
        tokens.revoke(ending.token().id());

        assertThat(tokens.prune()).isEqualTo(1);

        assertThat(tokens.find(old.id())).isEmpty();
        assertThat(tokens.find(ended.token().id())).isPresent();
        var page = store.read(0, 0, 100);
        assertThat(page.entries())
                .extracting(TokenStore.FeedEntry::target)
                .containsExactly(ending.token().id());
        assertThat(page.prunedThrough()).isBefore(clock.instant().minus(Duration.ofHours(23)));
        assertThat(tokens.audit(AuditQuery.all().token(old.id())).items()).hasSize(2);
    }

    @Test
    void a_token_issued_after_the_revocation_of_its_subject_was_pruned_is_accepted() {
        clock.set(Instant.now());
        var past = clock.instant().minus(Duration.ofHours(25));
        store.revokeSubject("alice", past, new TokenStore.Change("test", past.minus(Duration.ofDays(1))));
        // Not the newest entry, which is never pruned.
        tokens.revokeSubject("bob");
        await(() -> tokens.status().feedNumber() == 2);
        tokens.prune();
        assertThat(store.read(0, 0, 10).entries()).hasSize(1);
        assertThat(tokens.check(tokens.issue(request()).text())).isInstanceOf(Valid.class);
    }

    @Test
    void a_clock_that_has_jumped_prunes_nothing() {
        clock.set(Instant.now());
        var past = clock.instant().minus(Duration.ofDays(3));
        store.issue(
                new TokenStore.Draft(
                        TokenId.random(),
                        "cm",
                        "old",
                        "",
                        "",
                        Map.of(),
                        past,
                        past.plusSeconds(60),
                        "key",
                        false,
                        Optional.empty()),
                new TokenStore.Change("test", past));
        assertThat(store.prune(Instant.now().plus(Duration.ofDays(1)))).isZero();
    }

    @Test
    void a_key_is_retired_everywhere_and_for_good() {
        var next = SigningKey.generate();
        var both = Keyring.of(next).accepting(key);
        var file = new AtomicReference<>(Keyring.of(key).accepting(next));
        tokens.close();
        var node = ApiTokens.start(store, file::get, ApiTokenOptions.DEFAULT.clock(clock));
        var other = ApiTokens.start(
                store, file::get, ApiTokenOptions.DEFAULT.clock(clock).nodeName("other"));
        started.add(node);
        started.add(other);
        var old = node.issue(request()).text();
        var admin = node.issue(request().idempotencyKey("again"));

        file.set(both);
        node.reloadKeys();
        other.reloadKeys();
        assertThat(node.keyFingerprints()).startsWith(next.fingerprint());
        var young = node.issue(request()).text();
        assertThat(((Valid) other.check(old)).reissue()).isTrue();
        assertThat(((Valid) other.check(young)).reissue()).isFalse();
        assertThat(node.issue(request().idempotencyKey("again")).text()).isEqualTo(admin.text());

        assertThatThrownBy(() -> node.retireKey(next.fingerprint())).isInstanceOf(RefusedChangeException.class);
        await(() ->
                store.nodes().stream().allMatch(n -> n.keyFingerprints().get(0).equals(next.fingerprint())));
        node.confirm(node.retireKey(key.fingerprint()));
        assertThat(node.check(old)).isInstanceOf(Rejected.class);
        assertThat(other.check(old)).isInstanceOf(Rejected.class);
        assertThat(other.check(young)).isInstanceOf(Valid.class);
        assertThatThrownBy(() -> node.issue(request().idempotencyKey("again")))
                .isInstanceOfSatisfying(
                        RefusedChangeException.class,
                        e -> assertThat(e.why()).isEqualTo(RefusedChangeException.Why.KEY_RETIRED));
        assertThat(node.keys())
                .extracting(KeyInfo::state)
                .containsExactlyInAnyOrder(KeyInfo.State.PRIMARY, KeyInfo.State.RETIRED);
    }

    @Test
    void a_new_primary_signs_only_when_every_live_node_has_it() {
        var next = SigningKey.generate();
        var mine = new AtomicReference<>(Keyring.of(key));
        var theirs = new AtomicReference<>(Keyring.of(key));
        tokens.close();
        var node = ApiTokens.start(store, mine::get, ApiTokenOptions.DEFAULT.clock(clock));
        var other = ApiTokens.start(
                store, theirs::get, ApiTokenOptions.DEFAULT.clock(clock).nodeName("other"));
        started.add(node);
        started.add(other);

        mine.set(Keyring.of(next));
        node.reloadKeys();
        assertThat(node.keyFingerprints()).startsWith(key.fingerprint());
        assertThat(other.check(node.issue(request()).text())).isInstanceOf(Valid.class);

        theirs.set(Keyring.of(key).accepting(next));
        other.reloadKeys();
        await(() -> node.everyNodeHasKey(next.fingerprint()));
        node.reloadKeys();
        assertThat(node.keyFingerprints()).startsWith(next.fingerprint());
        assertThat(other.check(node.issue(request()).text())).isInstanceOf(Valid.class);
    }

    @Test
    void a_node_with_other_keys_does_not_start() {
        var stranger = KeySource.of(Keyring.of(SigningKey.generate()));
        assertThatThrownBy(() -> ApiTokens.start(store, stranger)).isInstanceOf(KeyMismatchException.class);
        tokens.close();
        assertThatThrownBy(() -> ApiTokens.start(store, stranger)).isInstanceOf(KeyMismatchException.class);
        var half = KeySource.of(Keyring.of(SigningKey.generate()).accepting(key));
        start(store, ApiTokenOptions.DEFAULT);
        assertThatThrownBy(() -> ApiTokens.start(store, half))
                .isInstanceOf(KeyMismatchException.class)
                .hasMessageContaining("add it there first");
    }

    @Test
    void numbers_of_the_feed_have_no_gap_under_concurrent_changes() throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        try {
            var calls = new ArrayList<Callable<Long>>();
            for (int i = 0; i < 60; i++) {
                int n = i;
                calls.add(() -> {
                    var issued = tokens.issue(IssueRequest.forSubject("s" + n % 3));
                    return (n % 5 == 0
                                    ? tokens.revokeSubject("s" + n % 3)
                                    : tokens.revoke(issued.token().id()))
                            .number()
                            .orElseThrow();
                });
            }
            var numbers = new ArrayList<Long>();
            for (var result : pool.invokeAll(calls)) {
                numbers.add(result.get());
            }
            assertThat(numbers).doesNotHaveDuplicates().contains(1L, 60L);
        } finally {
            pool.shutdownNow();
        }
        var page = store.read(0, 60, 1000);
        assertThat(page.number()).isEqualTo(60);
        assertThat(page.entries()).hasSize(60);
        assertThat(page.witnessMark()).contains(page.entries().get(59).mark());
        assertThat(store.read(57, 0, 2).entries())
                .extracting(TokenStore.FeedEntry::number)
                .containsExactly(58L, 59L);
    }

    @Test
    void an_issue_beside_a_revocation_of_its_subject_is_listed_as_it_is_checked() throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        var issued = new ConcurrentLinkedQueue<IssuedToken>();
        try {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 40; i++) {
                int n = i;
                calls.add(
                        () -> n % 8 == 7 ? tokens.revokeSubject("alice").found() : issued.add(tokens.issue(request())));
            }
            for (var result : pool.invokeAll(calls)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        clock.advance(Duration.ofSeconds(1));
        for (var token : issued) {
            var state = tokens.find(token.token().id()).orElseThrow().state();
            assertThat(tokens.check(token.text()))
                    .isInstanceOf(state == TokenState.ACTIVE ? Valid.class : Revoked.class);
        }
    }

    /** Waits for what another thread of ours is about to do. */
    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
