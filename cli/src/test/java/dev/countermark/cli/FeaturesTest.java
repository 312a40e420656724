package dev.countermark.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each command, or family of commands, has a package that can be read, and thrown away, without the others. */
class FeaturesTest {

    private static final String ROOT = "dev.countermark.cli";

    /** What commands share: how they hear and answer, files, formats, and what they work on. */
    private static final String[] SHARED = {"terminal..", "files..", "formats..", "remote..", "store.."};

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        assertThat(classes.contain(Countermark.class)).isTrue();
    }

    @Test
    void commands_do_not_reach_into_each_other() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), within(SHARED))
                // Whoever needs a new key makes it as keygen does.
                .ignoreDependency(within("sign..", "keys.."), within("keygen.."))
                .check(classes);
    }

    @Test
    void what_commands_share_knows_no_command() {
        noClasses()
                .that(within(SHARED))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(within(SHARED))))
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> within(String... packages) {
        return resideInAnyPackage(
                Stream.of(packages).map(each -> ROOT + "." + each).toArray(String[]::new));
    }
}
