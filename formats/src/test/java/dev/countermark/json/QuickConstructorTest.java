package dev.countermark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records are built by their own constructors, whatever these do. */
class QuickConstructorTest {

    record Empty() {}

    record Bytes(byte... bytes) {}

    record Pair<T>(@Nullable T left, @Nullable List<Object> right) {}

    private record Hidden(@Nullable String text, int number) {}

    record Positive(int number) {
        Positive {
            if (number <= 0) {
                throw new IllegalArgumentException("not positive: " + number);
            }
        }
    }

    record Checked(int number) {
        @JsonCreator
        Checked(@JsonProperty("number") Integer number, @JsonProperty("more") @Nullable String more) throws Exception {
            this((int) number);
            if (number == 0) {
                throw new Exception("checked, more " + more);
            }
        }
    }

    record Named(String text) {
        @JsonCreator
        static Named of(String text) {
            return new Named("named " + text);
        }
    }

    record Caller(boolean quick) {
        Caller(boolean quick) {
            boolean jackson = StackWalker.getInstance()
                    .walk(frames -> frames.limit(4)
                            .anyMatch(frame -> frame.getClassName().endsWith("AnnotatedConstructor")));
            this.quick = quick && !jackson;
        }
    }

    private static <T> T read(Class<T> type, String json) {
        return Json.of(type).decode(json.getBytes(UTF_8));
    }

    @Test
    void records_of_any_kind_are_built() {
        assertThat(read(Empty.class, "{}")).isEqualTo(new Empty());
        assertThat(read(Bytes.class, "{\"bytes\":\"AQI=\"}").bytes()).containsExactly(1, 2);
        assertThat(read(Hidden.class, "{\"text\":\"a\",\"number\":7}")).isEqualTo(new Hidden("a", 7));
        Object pair = read(Pair.class, "{\"left\":{\"a\":1},\"right\":[2]}");
        assertThat(pair).isEqualTo(new Pair<>(Map.of("a", 1), List.of(2)));
        assertThat(read(Named.class, "{\"text\":\"x\"}")).isEqualTo(new Named("named x"));
        assertThat(read(Caller.class, "{\"quick\":true}").quick()).isTrue();
    }

    @Test
    void what_a_constructor_refuses_is_refused() {
        assertThat(read(Positive.class, "{\"number\":1}")).isEqualTo(new Positive(1));
        assertThat(read(Checked.class, "{\"number\":1}").number()).isEqualTo(1);
        for (Class<?> type : new Class<?>[] {Positive.class, Checked.class}) {
            assertThatThrownBy(() -> read(type, "{\"number\":0}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("positive")
                    .hasNoCause();
        }
        assertThatThrownBy(() -> read(Positive.class, "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(Positive.class, "{\"number\":null}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
