package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Values of many kinds, dumped by Ruby 3.1.2 alone and in the envelope of Rails 7.1. */
class MarshalEnvelopeTest {

    record Dump(String name, byte[] value, byte[] envelope) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Dump> dumps() throws IOException {
        try (var in = MarshalEnvelopeTest.class.getResourceAsStream("/frameworks/marshal.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JsonMapper.shared()::readTree)
                    .map(line -> new Dump(
                            line.get("name").stringValue(),
                            Base64.getDecoder().decode(line.get("value").stringValue()),
                            Base64.getDecoder().decode(line.get("envelope").stringValue())))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void a_value_is_put_in_as_ruby_does_it(Dump dump) {
        assertThat(MarshalEnvelope.wrap(dump.value, "2099-01-01T00:00:00.000Z", "login", false))
                .asHexString()
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(dump.envelope));
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void a_value_comes_out_as_ruby_dumps_it_alone(Dump dump) {
        var envelope = MarshalEnvelope.of(dump.envelope, false);

        assertThat(envelope.wrapped()).isTrue();
        assertThat(envelope.value())
                .asHexString()
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(dump.value));
        assertThat(envelope.expiry()).isEqualTo("2099-01-01T00:00:00.000Z");
        assertThat(envelope.purpose()).isEqualTo("login");
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void a_value_without_an_envelope_stays_as_it_is(Dump dump) {
        var envelope = MarshalEnvelope.of(dump.value, false);

        assertThat(envelope.wrapped()).isFalse();
        assertThat(envelope.value()).isEqualTo(dump.value);
    }

    @Test
    void a_purpose_that_was_a_symbol_is_ascii() {
        var nil = new byte[] {4, 8, '0'};

        assertThat(MarshalEnvelope.wrap(nil, null, "login", true)).endsWith('F');
        assertThat(MarshalEnvelope.wrap(nil, null, "é", true)).endsWith('T');
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void a_dump_that_was_cut_or_changed_is_taken_apart_or_refused(Dump dump) {
        long seed = 7;
        var random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            var changed = java.util.Arrays.copyOf(dump.envelope, 3 + random.nextInt(dump.envelope.length - 2));
            for (int i = random.nextInt(4); i > 0; i--) {
                changed[2 + random.nextInt(changed.length - 2)] = (byte) random.nextInt(256);
            }
            try {
                MarshalEnvelope.of(changed, random.nextBoolean());
            } catch (RailsEnvelope.Malformed e) {
                assertThat(e).as("seed %d, round %d", seed, round).hasMessageMatching("[a-zA-Z0-9. ]+");
            }
        }
    }

    @Test
    void deep_and_endless_values_are_refused() {
        var deep = new byte[] {4, 8};
        deep = java.util.Arrays.copyOf(deep, 2 + 2 * 200 + 1);
        for (int i = 0; i < 200; i++) {
            deep[2 + 2 * i] = '[';
            deep[3 + 2 * i] = 6;
        }
        deep[402] = '0';
        var endless = new byte[] {4, 8, '{', 4, -1, -1, -1, 0x7f};
        var hash = deep.clone();
        hash[2] = '{';

        var value = deep;
        assertThatIllegalArgumentException().isThrownBy(() -> MarshalEnvelope.wrap(value, null, "x", false));
        assertThatExceptionOfType(RailsEnvelope.Malformed.class).isThrownBy(() -> MarshalEnvelope.of(endless, false));
        assertThatExceptionOfType(RailsEnvelope.Malformed.class).isThrownBy(() -> MarshalEnvelope.of(hash, false));
        assertThat(MarshalEnvelope.of(deep, false).value()).isEqualTo(deep);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarshalEnvelope.wrap(new byte[] {4, 8, '@', 6}, null, "x", false));
        assertThatIllegalArgumentException().isThrownBy(() -> MarshalEnvelope.wrap(new byte[0], null, "x", false));
    }

    /** Ruby: "dump format error for symbol(0x40)". Found by fuzzing: the object that contains it has no children yet. */
    @Test
    void a_name_that_refers_to_the_object_around_it_is_refused() {
        var body = new byte[] {4, 8, '{', 6, 'I', '{', 6, 'I', '"', 0, 6, '@', 6, 'T', 'T', 0, 'T'};

        assertThatExceptionOfType(RailsEnvelope.Malformed.class).isThrownBy(() -> MarshalEnvelope.of(body, false));
    }
}
