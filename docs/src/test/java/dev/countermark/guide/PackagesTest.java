package dev.countermark.guide;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.countermark.guide.circle.first.First;
import dev.countermark.guide.circle.second.Second;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No package can be reached from itself, in any module of the default build; {@code benchmarks} has a test of its own. */
class PackagesTest {

    /** Every package is a slice, the top one of a module too. */
    private static final ArchRule NO_CIRCLES =
            slices().matching("dev.(**)").should().beFreeOfCycles();

    static List<String> modules() throws IOException {
        return Modules.withSeveralPackages();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packages_of_a_module_are_in_no_circle(String module) throws IOException {
        var classes =
                new ClassFileImporter().importPath(Pages.ROOT.resolve(module).resolve("target/classes"));
        var missing = new HashSet<>(Modules.packages(module));
        missing.removeAll(classes.stream().map(each -> each.getPackageName()).collect(Collectors.toSet()));
        assertThat(missing).as("packages without a compiled class").isEmpty();
        NO_CIRCLES.check(classes);
    }

    @Test
    void modules_are_found() throws IOException {
        assertThat(modules())
                .contains("core", "formats", "api-tokens", "spring-boot-starter", "server", "cli")
                .doesNotContain("docs");
    }

    @Test
    void a_circle_is_found() {
        var circle = new ClassFileImporter().importClasses(First.class, Second.class);
        assertThat(NO_CIRCLES.evaluate(circle).getFailureReport().getDetails())
                .singleElement()
                .asString()
                .contains("Cycle detected");
    }
}
