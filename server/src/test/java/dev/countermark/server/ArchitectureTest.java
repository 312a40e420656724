package dev.countermark.server;

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

/** Each package is a feature that can be read, and thrown away, without the others. */
class ArchitectureTest {

    private static final String ROOT = "dev.countermark.server";

    /** What features share: requests, answers that are errors, and names of scopes. */
    private static final String[] SHARED = {"http..", "problems..", "scopes.."};

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        assertThat(classes.contain(CountermarkServer.class)).isTrue();
    }

    @Test
    void features_do_not_reach_into_each_other() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), within(SHARED))
                // To delete a token is to revoke it: it is answered in the same way.
                .ignoreDependency(within("tokens.."), within("revocations.."))
                // The start decides where the log goes.
                .ignoreDependency(within("serve.."), within("log.."))
                .check(classes);
    }

    @Test
    void what_features_share_knows_no_feature() {
        noClasses()
                .that(within(SHARED))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(within(SHARED))))
                .check(classes);
    }

    /** The page and the API ask the library: one must not be a detour to the other. */
    @Test
    void only_the_start_knows_how_tokens_are_stored() {
        noClasses()
                .that(resideInAPackage(ROOT + "..").and(not(within("serve.."))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.countermark.apitokens.jdbc..", "java.sql..", "javax.sql..")
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> within(String... packages) {
        return resideInAnyPackage(
                Stream.of(packages).map(each -> ROOT + "." + each).toArray(String[]::new));
    }
}
