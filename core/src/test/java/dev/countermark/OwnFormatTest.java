package dev.countermark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countermark.encoding.Base64Url;
import dev.countermark.mac.Hmac;
import dev.countermark.mac.MacFunction;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a format of a user's own gets for nothing. */
class OwnFormatTest {

    /** A note on every token: how long its text was. */
    private record Length(int characters) implements Detail {}

    /** {@code signature:value}, undated; a value that begins with {@code old} has expired. */
    private static final class Reversed implements WireFormat {

        private final MacFunction mac = Hmac.SHA256.withKey(TestKeys.NEW.secret());

        @Override
        public String write(byte[] payload, long now, @Nullable Duration lifetime) {
            return Base64Url.encode(mac.compute(payload)) + ":" + new String(payload, UTF_8);
        }

        @Override
        public Reading read(String token, long now, Terms terms) {
            var detail = new Length(token.length());
            var payload = token.substring(token.indexOf(':') + 1).getBytes(UTF_8);
            if (!token.startsWith(Base64Url.encode(mac.compute(payload)) + ":")) {
                return Reading.refused(Reason.SIGNATURE_MISMATCH, detail);
            }
            var accepted = Reading.accepted(
                            payload, Reading.NO_TIME, Reading.NO_TIME, TestKeys.NEW, false, payload, payload.length)
                    .detail(detail);
            return token.contains(":old") ? accepted.expired() : accepted;
        }

        @Override
        public @Nullable TokenParts parts(String token, Limits limits) {
            int colon = token.indexOf(':');
            if (colon < 0) {
                return null;
            }
            return new TokenParts() {
                @Override
                public byte[] payload() {
                    return token.substring(colon + 1).getBytes(UTF_8);
                }

                @Override
                public long issuedAt() {
                    return TestKeys.NOW;
                }

                @Override
                public long expiresAt() {
                    return Reading.NO_TIME;
                }
            };
        }
    }

    private final Tokens<String> tokens = Tokens.of(new Reversed(), Codec.text());
    private final String token = tokens.sign("größer");

    @Test
    void it_signs_and_verifies() {
        assertThat(token).endsWith(":größer");
        assertThat(tokens.verify(token)).isEqualTo("größer");
        assertThat(tokens.check(token + "!")).isInstanceOf(Rejected.class);
    }

    @Test
    void its_bytes_are_the_utf_8_of_its_text() {
        var bytes = token.getBytes(UTF_8);
        assertThat(tokens.signToBytes("größer")).isEqualTo(bytes);
        assertThat(tokens.checkBytes(bytes).orThrow()).isEqualTo("größer");
        assertThat(tokens.unverifiedBytes(bytes).unverifiedValue()).contains("größer");
        assertThat(tokens.unverifiedBytes("none".getBytes(UTF_8)).isWellFormed())
                .isFalse();

        bytes[bytes.length - 1] = (byte) 0xc3;
        assertThat(((Rejected<?>) tokens.checkBytes(bytes)).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(tokens.unverifiedBytes(bytes).isWellFormed()).isFalse();
    }

    @Test
    void without_a_way_to_take_it_apart_nothing_is_shown_unverified() {
        var reversed = new Reversed();
        var closed = Tokens.of(
                new WireFormat() {
                    @Override
                    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
                        return reversed.write(payload, now, lifetime);
                    }

                    @Override
                    public Reading read(String text, long now, Terms terms) {
                        return reversed.read(text, now, terms);
                    }
                },
                Codec.text());
        assertThat(closed.verify(token)).isEqualTo("größer");
        assertThat(closed.unverified(token).isWellFormed()).isFalse();
        assertThat(closed.unverified(token).unverifiedValue()).isEmpty();
    }

    @Test
    void its_bytes_are_bounded_before_they_are_decoded() {
        var bytes = token.getBytes(UTF_8);
        var fits = tokens.limits(Limits.DEFAULT.tokenLength(bytes.length));
        assertThat(fits.checkBytes(bytes)).isInstanceOf(Valid.class);
        assertThat(fits.unverifiedBytes(bytes).isWellFormed()).isTrue();
        var tooSmall = tokens.limits(Limits.DEFAULT.tokenLength(bytes.length - 1));
        assertThat(((Rejected<?>) tooSmall.checkBytes(bytes)).reason()).isEqualTo(Reason.TOO_LONG);
        assertThat(tooSmall.unverifiedBytes(bytes).isWellFormed()).isFalse();
    }

    @Test
    void what_it_has_to_say_stands_with_every_verdict() {
        var length = Optional.of(new Length(token.length()));
        assertThat(tokens.check(token).detail(Length.class)).isEqualTo(length);
        assertThat(((Rejected<String>) tokens.check("x".repeat(token.length()))).detail(Length.class))
                .isEqualTo(length);
        var old = tokens.sign("older value");
        assertThat(((Expired<String>) tokens.check(old)).detail()).isEqualTo(Optional.of(new Length(old.length())));
        var bytes = tokens.as(Codec.bytes());
        var noText = new byte[] {'o', (byte) 0xff};
        assertThat(tokens.check(bytes.sign(noText)).detail(Length.class)).isPresent();
        assertThat(tokens.check(token).detail(OtherDetail.class)).isEmpty();
    }

    private record OtherDetail() implements Detail {}

    @Test
    void a_payload_that_the_codec_refuses_keeps_what_the_format_said() {
        var refusing = tokens.as(new Codec<String>() {
            @Override
            public byte[] encode(String value) {
                return value.getBytes(UTF_8);
            }

            @Override
            public String decode(byte[] bytes) {
                throw new IllegalArgumentException("no");
            }
        });
        var rejected = (Rejected<String>) refusing.check(token);
        assertThat(rejected.reason()).isEqualTo(Reason.PAYLOAD_MALFORMED);
        assertThat(rejected.detail(Length.class)).contains(new Length(token.length()));
    }

    @Test
    void it_has_one_form_unless_it_says_otherwise() {
        assertThatIllegalStateException().isThrownBy(tokens::dated).withMessageContaining("date");
        assertThatIllegalStateException()
                .isThrownBy(() -> tokens.body(Body.URL_SAFE))
                .withMessageContaining("body");
        assertThatIllegalStateException().isThrownBy(() -> tokens.scheme(Scheme.HMAC_SHA512));
        assertThatIllegalStateException().isThrownBy(() -> tokens.boundTo(value -> "state"));
    }
}
