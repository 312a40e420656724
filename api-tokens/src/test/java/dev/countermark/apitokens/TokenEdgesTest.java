package dev.countermark.apitokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import dev.countermark.encoding.Base64Url;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The first and the last of what can stand in a token, and one beyond. */
class TokenEdgesTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final SigningKey KEY = SigningKey.generate();
    private static final SigningKey OLD = SigningKey.generate();

    private final ClaimsCodec codec = new ClaimsCodec("cm");
    private final TestClock clock = new TestClock();

    private static byte[] token(byte[] json) {
        return ("cm_" + Base64Url.encode(json)).getBytes(UTF_8);
    }

    private static String json(String subject, String expiry, String generation) {
        return "{\"id\":\"" + ID + "\",\"sub\":\"" + subject + "\",\"scope\":\"\",\"exp\":" + expiry + ",\"gen\":"
                + generation + "}";
    }

    private Claims read(String json) {
        return codec.decode(token(json.getBytes(UTF_8)));
    }

    private void assertRefused(String json) {
        assertThatThrownBy(() -> read(json)).as(json).isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void claims_that_end_too_early_are_refused_wherever_they_end() {
        var whole = json("a", "12", "34");
        for (int length = 0; length < whole.length(); length++) {
            assertRefused(whole.substring(0, length));
        }
        var text = token(whole.getBytes(UTF_8));
        for (int length = 0; length < 3; length++) {
            var cut = new String(text, 0, length, UTF_8).getBytes(UTF_8);
            assertThatThrownBy(() -> codec.decode(cut)).isExactlyInstanceOf(IllegalArgumentException.class);
        }
        for (var other : List.of("dm_", "cn_", "cm-", "cm_?")) {
            var changed = (other + new String(text, 3, text.length - 3, UTF_8)).getBytes(UTF_8);
            assertThatThrownBy(() -> codec.decode(changed)).isExactlyInstanceOf(IllegalArgumentException.class);
        }
    }

    /** RFC 8259 section 7 for what JSON cannot hold; a subject has no control characters at all, the last of ASCII among them. */
    @Test
    void a_subject_holds_every_character_but_controls() {
        for (char c = 0; c < 0x100; c++) {
            if (c < 0x20 || c == 0x7f) {
                assertRefused(json("x" + c + "y", "1", "0"));
            } else if (c != '"' && c != '\\') {
                assertThat(read(json("x" + c + "y", "1", "0")).subject()).isEqualTo("x" + c + "y");
            }
            if (c == '"' || c == '\\') {
                assertThat(read(json("x\\" + c + "y", "1", "0")).subject()).isEqualTo("x" + c + "y");
            } else {
                assertRefused(json("x\\" + c + "y", "1", "0"));
            }
        }
        assertThat(read(json("\\\"", "1", "0")).subject()).isEqualTo("\"");
        assertThat(read(json("Zo\u00eb \ud83e\udd8a", "1", "0")).subject()).isEqualTo("Zo\u00eb \ud83e\udd8a");
    }

    @Test
    void a_subject_is_utf_8() {
        var json = json("xy", "1", "0").getBytes(UTF_8);
        int at = json("", "1", "0").indexOf("\"sub\":\"") + 7;
        for (int[] pair : new int[][] {{0xc3, 0x28}, {0xc0, 0x80}, {0xff, 'y'}, {'x', 0x80}}) {
            json[at] = (byte) pair[0];
            json[at + 1] = (byte) pair[1];
            assertThatThrownBy(() -> codec.decode(token(json))).isExactlyInstanceOf(IllegalArgumentException.class);
        }
        json[at] = (byte) 0xc3;
        json[at + 1] = (byte) 0xab;
        assertThat(codec.decode(token(json)).subject()).isEqualTo("\u00eb");
    }

    @Test
    void numbers_end_with_the_year_9999_and_with_a_long() {
        assertThat(read(json("a", "253402300799", "9223372036854775807")))
                .isEqualTo(new Claims(ID, "a", "", 253_402_300_799L, Long.MAX_VALUE));
        assertThat(read(json("a", "0", "0"))).isEqualTo(new Claims(ID, "a", "", 0, 0));
        assertThat(read(json("a", "10", "9"))).isEqualTo(new Claims(ID, "a", "", 10, 9));
        for (var number : List.of("253402300800", "2534023007990", "00", "01", "", "-1", "/", ":", "1/", "1:", "+1")) {
            assertRefused(json("a", number, "0"));
        }
        for (var number : List.of("9223372036854775808", "92233720368547758070", "00", "")) {
            assertRefused(json("a", "1", number));
        }
    }

    @Test
    void an_id_has_32_digits_of_its_own_alphabet_and_a_first_half() {
        assertThat(TokenId.isId(ID)).isTrue();
        assertThat(TokenId.isId("0000000000000001" + "0".repeat(16))).isTrue();
        assertThat(TokenId.isId("f".repeat(32))).isTrue();
        for (var other : List.of("", ID + "0", ID.substring(1), "0".repeat(16) + "f".repeat(16))) {
            assertThat(TokenId.isId(other)).as(other).isFalse();
        }
        for (char c : "/:@A`gG\u0100\uffff".toCharArray()) {
            for (int at = 0; at < ID.length(); at++) {
                var other = ID.substring(0, at) + c + ID.substring(at + 1);
                assertThat(TokenId.isId(other)).isFalse();
                assertRefused(json("a", "1", "0").replace(ID, other));
            }
        }
        assertThat(TokenId.high(ID)).isEqualTo(0x0123456789abcdefL);
        assertThat(TokenId.low("0123456789abcdeffedcba9876543210")).isEqualTo(0xfedcba9876543210L);
        for (int i = 0; i < 3000; i++) {
            assertThat(TokenId.random()).matches("[0-9a-f]{32}").doesNotStartWith("00");
        }
    }

    /** RFC 6749 section 3.3. */
    @Test
    void a_scope_has_1_to_200_printable_characters() {
        assertThat(Scopes.sorted(Set.of("x".repeat(200)))).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Scopes.sorted(Set.of("x".repeat(201))));
        assertThatIllegalArgumentException().isThrownBy(() -> Scopes.sorted(Set.of("")));
        for (char c = 0; c < 0x100; c++) {
            var scope = "a" + c;
            if (c > 0x20 && c < 0x7f && c != '"' && c != '\\') {
                assertThat(Scopes.sorted(Set.of(scope))).containsExactly(scope);
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> Scopes.sorted(Set.of(scope)));
            }
        }
        assertThat(Scopes.parse("")).isEmpty();
        assertThat(Scopes.parse("a b c")).containsExactly("a", "b", "c");
        assertThat(Scopes.join(Scopes.sorted(List.of("c", "a", "b", "a")))).isEqualTo("a b c");
    }

    @Test
    void a_scope_is_reserved_by_its_beginning() {
        for (var reserved :
                List.of("countermark:", "countermark:admin", "a countermark:x", "xcountermark: countermark:x")) {
            assertThat(Scopes.hasReserved(reserved)).as(reserved).isTrue();
        }
        for (var free : List.of("", "countermark", "xcountermark:admin", "a:countermark:b", "a xcountermark:b")) {
            assertThat(Scopes.hasReserved(free)).as(free).isFalse();
        }
    }

    @Test
    void each_verdict_throws_what_it_says() {
        var now = clock.instant();
        var valid = new Valid(ID, "alice", "read write", now, now, false);
        assertThat(valid.orThrow()).isSameAs(valid);
        assertThat(valid.scopes()).containsExactly("read", "write");
        assertThatThrownBy(() -> new Expired(ID, "alice", now, now.plusSeconds(1)).orThrow())
                .isInstanceOfSatisfying(ExpiredTokenException.class, e -> {
                    assertThat(e.signedAt()).contains(now);
                    assertThat(e.expiresAt()).contains(now.plusSeconds(1));
                });
        assertThatThrownBy(() -> new Revoked(ID, "alice", false).orThrow()).isInstanceOf(RevokedTokenException.class);
        assertThatThrownBy(() -> new Rejected(Reason.TOO_LONG).orThrow())
                .isInstanceOfSatisfying(
                        BadTokenException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LONG));
        assertThatThrownBy(() -> new Unavailable(Duration.ofSeconds(7)).orThrow())
                .isInstanceOfSatisfying(
                        RevocationsUnavailableException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(List.of(valid, new Expired(ID, "alice", now, now), new Revoked(ID, "alice", true)))
                .extracting(Object::toString)
                .containsExactly("Valid[id=" + ID + "]", "Expired[id=" + ID + "]", "Revoked[id=" + ID + "]");
        assertThat(new Claims(ID, "alice", "", 1, 1)).hasToString("Claims[id=" + ID + "]");
    }

    @Test
    void a_text_is_signed_by_the_key_that_is_named() {
        var both = SignedTokens.withStore(Keyring.of(KEY).accepting(OLD), "cm", clock);
        var claims = new Claims(ID, "alice", "", clock.instant().getEpochSecond() + 1, 0);
        var young = both.sign(claims, clock.instant());
        assertThat(both.sign(claims, clock.instant(), KEY.fingerprint())).contains(young);
        var old = both.sign(claims, clock.instant(), OLD.fingerprint()).orElseThrow();
        assertThat(old).isNotEqualTo(young);
        assertThat(both.read(old)).isEqualTo(new Reading(null, claims, clock.instant(), true));
        assertThat(both.read(young)).isEqualTo(new Reading(null, claims, clock.instant(), false));
        assertThat(both.sign(claims, clock.instant(), "0123456789abcdef")).isEmpty();
        assertThat(both.withPrefix("cm")).isSameAs(both);
        var other = both.withPrefix("acme");
        assertThat(other.sign(claims, clock.instant())).startsWith("acme_");
        assertThat(other.read(young).refused()).isNotNull();
    }

    @Test
    void a_text_has_at_most_2048_characters() {
        var tokens = SignedTokens.withStore(Keyring.of(KEY), "cm", clock);
        int longest = 0;
        for (int length = 1300; length < 1500; length++) {
            var claims = new Claims(ID, "x".repeat(length), "", clock.instant().getEpochSecond() + 1, 0);
            try {
                var text = tokens.sign(claims, clock.instant());
                longest = Math.max(longest, text.length());
                assertThat(tokens.read(text).refused()).isNull();
            } catch (IllegalArgumentException e) {
                break;
            }
        }
        assertThat(longest).isBetween(2045, 2048);
    }

    @Test
    void a_stateless_token_keeps_to_its_policy_and_to_its_last_second() {
        var tokens = StatelessApiTokens.of(Keyring.of(KEY))
                .clock(clock)
                .lifetimes(Duration.ofMinutes(5), Duration.ofMinutes(10));
        var text = tokens.issue("alice", Set.of("read"));
        var issued = clock.instant();
        assertThat(tokens.check(text))
                .isInstanceOfSatisfying(
                        Valid.class, valid -> assertThat(valid.expiresAt()).isEqualTo(issued.plusSeconds(300)));
        clock.advance(Duration.ofMillis(300_999));
        assertThat(tokens.check(text)).isInstanceOf(Valid.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(tokens.check(text)).isInstanceOf(Expired.class);

        assertThat(tokens.issue("alice", Set.of(), Duration.ofMinutes(10))).isNotEmpty();
        assertThatThrownBy(() -> tokens.issue("alice", Set.of(), Duration.ofSeconds(601)))
                .hasMessage("a lifetime is at most 600 s");
        assertThat(tokens.check("cm_x")).isInstanceOf(Rejected.class);
        assertThat(tokens.toString())
                .startsWith("StatelessApiTokens[prefix=cm, ")
                .contains(KEY.id());
    }

    @Test
    void a_policy_has_whole_seconds_and_is_told_in_full() {
        var half = Duration.ofMillis(1500);
        assertThatThrownBy(() -> ApiTokenOptions.DEFAULT.lifetimes(half, Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the default lifetime is a whole number of seconds");
        assertThatThrownBy(() -> StatelessApiTokens.of(Keyring.of(KEY)).lifetimes(Duration.ofSeconds(1), half))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the maximum lifetime is a whole number of seconds");
        assertThatThrownBy(() -> ApiTokenOptions.DEFAULT.lifetimes(Duration.ofDays(2), Duration.ofHours(36)))
                .hasMessage("the default lifetime is between 1 s and 129600 s");
    }

    /** Whoever has the key can sign it; without a store there is no row that would make it count. */
    @Test
    void a_reserved_scope_never_counts_without_a_store() {
        var claims =
                new Claims(ID, "alice", ApiTokens.ADMIN_SCOPE, clock.instant().getEpochSecond() + 9, 0);
        var text = SignedTokens.stateless(Keyring.of(KEY), "cm", clock).sign(claims, clock.instant());
        assertThat(StatelessApiTokens.of(Keyring.of(KEY)).clock(clock).check(text))
                .isEqualTo(new Rejected(Reason.CLAIM_MISMATCH));
    }

    @Test
    void the_text_of_a_reading_is_what_it_was_signed_as() {
        var claims = new Claims(ID, "alice", "a b", 1_800_000_000L, 3);
        var reading = new Reading(null, claims, Instant.ofEpochSecond(5), true);
        assertThat(reading.valid())
                .isEqualTo(new Valid(
                        ID, "alice", "a b", Instant.ofEpochSecond(5), Instant.ofEpochSecond(1_800_000_000L), true));
        assertThat(reading.revoked(true)).isEqualTo(new Revoked(ID, "alice", true));
        assertThat(reading.expired())
                .isEqualTo(new Expired(ID, "alice", Instant.ofEpochSecond(5), Instant.ofEpochSecond(1_800_000_000L)));
    }
}
