package dev.countermark.benchmarks;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.countermark.benchmarks.peers.JwtPeer;
import org.junit.jupiter.api.Test;

/** The rule that the other modules keep too, where this one is built. */
class PackagesTest {

    @Test
    void packages_are_in_no_circle() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.countermark.benchmarks");
        assertThat(classes.contain(JwtPeer.class)).isTrue();
        assertThat(classes.contain("dev.countermark.benchmarks.load.OpenLoop")).isTrue();
        slices().matching("dev.(**)").should().beFreeOfCycles().check(classes);
    }
}
