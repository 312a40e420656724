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
import org.junit.jupiter.params.provider.CsvSource;
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

    private static RailsEnvelope envelope(String dump, boolean lenient) {
        return MarshalEnvelope.of(HexFormat.of().parseHex(dump), lenient);
    }

    private static void refused(String dump, String why) {
        assertThatExceptionOfType(RailsEnvelope.Malformed.class)
                .isThrownBy(() -> envelope(dump, false))
                .withMessage(why);
    }

    /** Ruby 3.1.2: {@code Marshal.dump("_rails" => …)}. */
    @Test
    void what_stands_in_place_of_an_envelope_is_refused() {
        var number = "04087b0649220b5f7261696c73063a064554690a";
        var list = "04087b0649220b5f7261696c73063a0645545b00";
        var withoutValue = "04087b0649220b5f7261696c73063a0645547b06492208707572063b005449220a6c6f67696e063b0054";
        var purposeOfNumber =
                "04087b0649220b5f7261696c73063a0645547b0749220964617461063b005430492208707572063b0054690a";

        refused(number, "not an envelope");
        refused(list, "not an envelope");
        refused(purposeOfNumber, "a purpose that is no text");
        refused(withoutValue, "an envelope without a value");
        assertThat(envelope(withoutValue, true).value()).containsExactly(4, 8, '0');
        assertThat(envelope(withoutValue, true).purpose()).isEqualTo("login");
    }

    /** {@code Hash.new("_rails")}, and {@code Hash.new(5)} with an envelope, or as one. */
    @Test
    void a_hash_can_have_a_default_which_is_no_member() {
        assertThat(envelope("04087d0049220b5f7261696c73063a064554", false).wrapped())
                .isFalse();
        assertThat(envelope("04087d0649220b5f7261696c73063a0645547b0649220964617461063b0054690c690a", false)
                        .value())
                .containsExactly(4, 8, 'i', 12);
        assertThat(envelope("04087b0649220b5f7261696c73063a0645547d0649220964617461063b0054690c690a", false)
                        .value())
                .containsExactly(4, 8, 'i', 12);
    }

    /** {@code exp: 5} and {@code exp: false}. */
    @Test
    void an_expiry_that_is_no_text_is_no_time_and_false_is_none() {
        var start = "04087b0649220b5f7261696c73063a0645547b0749220964617461063b005430492208657870063b0054";

        assertThat(envelope(start + "690a", false).expiry()).isEmpty();
        assertThat(envelope(start + "46", false).expiry()).isNull();
    }

    /** {@code [2**70, s, s]}, alone and in an envelope: a large number is an object, which references count. */
    @Test
    void a_large_number_counts_among_the_objects() {
        var alone = "04085b086c2b0a0000000000000000400049220678063a0645544007";
        var inEnvelope = "04087b0649220b5f7261696c73063a0645547b0649220964617461063b0054"
                + "5b086c2b0a0000000000000000400049220678063b0054400b";

        assertThat(HexFormat.of().formatHex(envelope(inEnvelope, false).value()))
                .isEqualTo(alone);
    }

    /** Ruby: {@code :"\x7f".to_s.encoding} is US-ASCII, that of {@code :"é".to_s} UTF-8. */
    @Test
    void every_ascii_purpose_of_a_symbol_is_ascii() {
        var start = "04087b0649220b5f7261696c73063a0645547b0749220964617461063b005430492208707572063b0054";
        var nil = new byte[] {4, 8, '0'};

        assertThat(HexFormat.of().formatHex(MarshalEnvelope.wrap(nil, null, "\u007f", true)))
                .isEqualTo(start + "4922067f063b0046");
        assertThat(HexFormat.of().formatHex(MarshalEnvelope.wrap(nil, null, "é", true)))
                .isEqualTo(start + "492207c3a9063b0054");
    }

    /** A hash around 99 and 100 of each kind of thing that contains another, with nil at the bottom. */
    @ParameterizedTest
    @CsvSource({
        "5b06, ''",
        "7b0630, ''",
        "433a0641, ''",
        "653a0641, ''",
        "553a0641, ''",
        "6f3a0641063a0662, ''",
        "49, 00"
    })
    void every_way_to_contain_another_counts_towards_the_depth(String opening, String closing) {
        var deepest = "04087b0630" + opening.repeat(99) + "30" + closing.repeat(99);
        assertThat(envelope(deepest, false).wrapped()).isFalse();
        refused("04087b0630" + opening.repeat(100) + "30" + closing.repeat(100), "nested too deeply");
    }

    @ParameterizedTest
    @CsvSource({
        "04087b06220b61, cut short",
        "04087b06220c61, cut short",
        "04087b06220d61, a length that cannot be",
        "04087b0622fa, a length that cannot be",
        "04087b0622fb, cut short",
        "04087b062201, cut short",
        "04087b06, cut short",
        "04087b0630, cut short",
        "04087b063040fa, a length that cannot be",
        "04087b06304006, a reference to nothing",
        "04087b0630303a, something follows the value",
        "04087b063078, an unknown type"
    })
    void a_damaged_dump_is_refused_for_what_is_wrong(String dump, String why) {
        refused(dump, why);
    }
}
