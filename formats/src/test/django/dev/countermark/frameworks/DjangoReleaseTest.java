package dev.countermark.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules a release signs by: its release notes of 3.1, 4.0, 5.2.15 and 6.0.6. */
class DjangoReleaseTest {

    @ParameterizedTest
    @CsvSource({
        "1.11.29, V2_2",
        "2.2, V2_2",
        "2.2.28, V2_2",
        "3.0, V2_2",
        "3.0.14, V2_2",
        "3.1, V3_1",
        "3.2.25, V3_1",
        "4.0, V4_0",
        "4.2.30, V4_0",
        "5.1.16, V4_0",
        "5.1.99, V4_0",
        "5.2, V4_0",
        "5.2.14, V4_0",
        "5.2.15, V5_2_15",
        "5.2.16, V5_2_15",
        "6.0, V4_0",
        "6.0.5, V4_0",
        "6.0.6, V5_2_15",
        "6.0.10, V5_2_15",
        "6.1, V5_2_15",
        "7.0, V5_2_15"
    })
    void a_release_signs_by_these_rules(String version, DjangoRelease rules) {
        assertThat(DjangoRelease.of(version)).isEqualTo(rules);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5.", ".2", "5.2.", "5.2.15.1", "v5.2", "5.2a1", "5.2 ", "00005.2"})
    void what_is_no_release_is_refused(String version) {
        assertThatIllegalArgumentException().isThrownBy(() -> DjangoRelease.of(version));
    }
}
