package dev.countermark.sidechannels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.frameworks.DjangoSigner;
import dev.countermark.frameworks.ExpressSignature;
import dev.countermark.frameworks.FlaskLogin;
import dev.countermark.frameworks.RailsMessageVerifier;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonKeys;
import dev.countermark.jws.Jws;
import dev.countermark.jws.JwsAlgorithm;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether the time of a check tells where a forged signature goes wrong, or which key signed a good one: on demand, on a
 * quiet machine, with {@code -Dcountermark.sidechannels=true}.
 *
 * <p>The two kinds of a pair come in random order, so that whatever else the machine does falls on both; compared are the
 * means of the middle half, which a pause does not move.
 */
@EnabledIfSystemProperty(named = "countermark.sidechannels", matches = "true")
class SideChannelTest {

    private static final int SAMPLES = Integer.getInteger("countermark.sidechannels.samples", 300_000);
    private static final int WARM_UP = 60_000;
    private static final double MOST = 0.01;
    private static final int KEYS = 4;

    private static final SigningKey[] ALL = keys();
    private static final Keyring KEYRING = Keyring.of(ALL[0]).accepting(Arrays.copyOfRange(ALL, 1, KEYS));

    private static SigningKey[] keys() {
        var keys = new SigningKey[KEYS];
        Arrays.setAll(keys, i -> SigningKey.generate());
        return keys;
    }

    /** What stands in a format between its value and its signature, and how that is written. */
    @SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
    enum Format {
        OWN(
                '.',
                false,
                keys -> Tokens.of(keys, "side-channel", Codec.text())::sign,
                keys -> Tokens.of(keys, "side-channel", Codec.text())::check),
        ITSDANGEROUS('.', false, keys -> python(keys)::sign, keys -> python(keys)::check),
        ITSDANGEROUS_LENIENT(
                '.',
                false,
                keys -> python(keys)::sign,
                keys -> ItsDangerous.newest()
                        .keys(PythonKeys.of(keys))
                        .lenient()
                        .signer()::check),
        JWS(
                '.',
                false,
                keys -> Jws.of(keys, JwsAlgorithm.HS256, Codec.text())::sign,
                keys -> Jws.of(keys, JwsAlgorithm.HS256, Codec.text())::check),
        DJANGO(':', false, keys -> DjangoSigner.of(keys)::write, keys -> DjangoSigner.of(keys)::check),
        FLASK_LOGIN('|', true, keys -> FlaskLogin.of(keys)::write, keys -> FlaskLogin.of(keys)::check),
        RAILS(
                '-',
                true,
                keys -> text ->
                        RailsMessageVerifier.ofBytes(keys).write(Codec.text().encode(text)),
                keys -> RailsMessageVerifier.ofBytes(keys)::check),
        EXPRESS('.', false, keys -> ExpressSignature.of(keys)::write, keys -> ExpressSignature.of(keys)::check);

        private final char separator;
        private final boolean hex;
        private final Function<Keyring, Function<String, String>> writer;
        private final Function<Keyring, Function<String, Verdict<?>>> reader;

        Format(
                char separator,
                boolean hex,
                Function<Keyring, Function<String, String>> writer,
                Function<Keyring, Function<String, Verdict<?>>> reader) {
            this.separator = separator;
            this.hex = hex;
            this.writer = writer;
            this.reader = reader;
        }

        private static Tokens<String> python(Keyring keys) {
            return ItsDangerous.newest().keys(PythonKeys.of(keys)).signer();
        }

        String signed(SigningKey key) {
            return writer.apply(Keyring.of(key)).apply("a value to be signed");
        }

        /** The token with one bit of one byte of its signature turned over. */
        String forged(boolean atTheEnd) {
            var token = signed(ALL[0]);
            int at = token.lastIndexOf(separator) + 1;
            var text = token.substring(at);
            boolean standard = text.indexOf('+') >= 0 || text.indexOf('/') >= 0 || this == EXPRESS;
            var decoder = standard ? Base64.getDecoder() : Base64.getUrlDecoder();
            var signature = hex ? HexFormat.of().parseHex(text) : decoder.decode(text);
            signature[atTheEnd ? signature.length - 1 : 0] ^= 1;
            var encoder = standard ? Base64.getEncoder() : Base64.getUrlEncoder();
            return token.substring(0, at)
                    + (hex
                            ? HexFormat.of().formatHex(signature)
                            : encoder.withoutPadding().encodeToString(signature));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_time_tells_nothing(Format format) {
        var check = format.reader.apply(KEYRING);
        var first = format.forged(false);
        var last = format.forged(true);
        var newest = format.signed(ALL[0]);
        var oldest = format.signed(ALL[KEYS - 1]);
        assertThat(check.apply(first)).isNotInstanceOf(Valid.class);
        assertThat(check.apply(last)).isNotInstanceOf(Valid.class);
        assertThat(check.apply(newest)).isInstanceOf(Valid.class);
        assertThat(check.apply(oldest)).isInstanceOf(Valid.class);

        double ofPlace = difference(check, first, last);
        double ofKey = difference(check, newest, oldest);
        System.out.println(String.format(
                Locale.ROOT,
                "%-21s first or last byte %+.3f %%, newest or oldest key %+.3f %%",
                format,
                100 * ofPlace,
                100 * ofKey));
        assertThat(Math.abs(ofPlace)).as("place of the mismatch").isLessThanOrEqualTo(MOST);
        assertThat(Math.abs(ofKey)).as("key that signed").isLessThanOrEqualTo(MOST);
    }

    /** How much longer the second takes, as a fraction. */
    private static double difference(Function<String, Verdict<?>> check, String first, String second) {
        var times = new long[2][SAMPLES];
        var random = new Random(20261126);
        int sink = 0;
        for (int i = -WARM_UP; i < SAMPLES; i++) {
            boolean swapped = random.nextBoolean();
            for (int j = 0; j < 2; j++) {
                int which = swapped ? 1 - j : j;
                var token = which == 0 ? first : second;
                long start = System.nanoTime();
                var verdict = check.apply(token);
                long time = System.nanoTime() - start;
                sink += verdict instanceof Valid ? 1 : 0;
                if (i >= 0) {
                    times[which][i] = time;
                }
            }
        }
        assertThat(sink).isIn(0, 2 * (SAMPLES + WARM_UP));
        return middleMean(times[1]) / middleMean(times[0]) - 1;
    }

    private static double middleMean(long[] times) {
        Arrays.sort(times);
        return Arrays.stream(times, times.length / 4, times.length * 3 / 4)
                .average()
                .orElseThrow();
    }
}
