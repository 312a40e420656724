package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every store records, lists, announces and forgets. */
public abstract class RecordsContract extends StoreContract {

    /** @param emptyStore makes a store with nothing in it; the clock is its own, if it can be told */
    protected RecordsContract(Function<TestClock, TokenStore> emptyStore) {
        super(emptyStore);
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
        var heard = new ArrayList<String>();
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
    void a_check_from_memory_is_heard_of_only_with_its_answer() {
        var heard = new ArrayList<ApiTokenVerdict>();
        var listening =
                start(store, ApiTokenOptions.DEFAULT.nodeName("listening").events(new TokenEvents() {
                    @Override
                    public void checked(ApiTokenVerdict verdict) {
                        heard.add(verdict);
                    }
                }));
        var token = listening.issue(request());
        var admin = listening.issue(request().scopes(ApiTokens.ADMIN_SCOPE)).text();
        assertThat(listening.checkFromMemory(admin)).isEmpty();
        assertThat(heard).isEmpty();

        assertThat(listening.checkFromMemory(token.text())).containsInstanceOf(ApiTokenVerdict.Valid.class);
        listening.revoke(token.token().id());
        assertThat(listening.checkFromMemory(token.text())).containsInstanceOf(ApiTokenVerdict.Revoked.class);
        assertThat(listening.checkFromMemory("no token")).containsInstanceOf(ApiTokenVerdict.Rejected.class);
        assertThat(heard)
                .hasExactlyElementsOfTypes(
                        ApiTokenVerdict.Valid.class, ApiTokenVerdict.Revoked.class, ApiTokenVerdict.Rejected.class);
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

    @Test
    void a_token_is_not_announced_where_nobody_listens() {
        var issued = tokens.issue(request().lifetime(Duration.ofDays(8)));
        clock.advance(Duration.ofDays(2));
        upkeep(TokenEvents.NONE).announceExpiring();
        var heard = new ArrayList<String>();
        var listening = upkeep(new TokenEvents() {
            @Override
            public void expiring(ApiToken token) {
                heard.add(token.id());
            }
        });
        listening.announceExpiring();
        listening.announceExpiring();
        assertThat(heard).containsExactly(issued.token().id());
    }

    private Upkeep upkeep(TokenEvents events) {
        var time = NodeTime.of(clock);
        return new Upkeep(
                store, ApiTokenOptions.DEFAULT.events(events), time, new LastUses(time), new LastUses(time), () -> {});
    }

    /** PostgreSQL takes no NUL, and half a character would be read as a question mark. */
    @Test
    void who_cannot_be_a_subject_is_not_looked_for() {
        tokens.issue(IssueRequest.forSubject("a?"));
        for (var nobody : List.of("a\0", "a\ud800", "\udc00")) {
            assertThatThrownBy(() -> tokens.list(TokenQuery.all().subject(nobody)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a subject is well-formed Unicode without NUL");
            assertThatThrownBy(() -> tokens.audit(AuditQuery.all().subject(nobody)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a subject is well-formed Unicode without NUL");
            assertThatThrownBy(() -> tokens.audit(AuditQuery.all().token(nobody)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a token id is well-formed Unicode without NUL");
        }
        assertThat(tokens.list(TokenQuery.all().subject("a?")).items()).hasSize(1);
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
}
