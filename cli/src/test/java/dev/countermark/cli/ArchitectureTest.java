package dev.countermark.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.countermark.Scheme;
import dev.countermark.Tokens;
import dev.countermark.mac.Digest;
import dev.countermark.mac.Hmac;
import dev.countermark.mac.KeyDerivation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages, and what the core must never choose by itself. */
class ArchitectureTest {

    private static final String[] PLATFORM = {"java..", "javax.crypto..", "org.jspecify.."};

    private static final Set<String> NEVER_CHOSEN = Set.of("MD5", "SHA1", "CONCAT", "DJANGO_CONCAT", "NONE");

    /** Methods by which a program reaches what the analysis of GraalVM's native-image does not see. */
    private static final Set<String> BY_NAME = Set.of(
            "forName",
            "loadClass",
            "getMethod",
            "getMethods",
            "getDeclaredMethod",
            "getDeclaredMethods",
            "getConstructor",
            "getConstructors",
            "getDeclaredConstructor",
            "getDeclaredConstructors",
            "getField",
            "getFields",
            "getDeclaredField",
            "getDeclaredFields",
            "getRecordComponents",
            "getResource",
            "getResourceAsStream",
            "getResources",
            "newProxyInstance",
            "findVirtual",
            "findStatic",
            "findConstructor",
            "findVarHandle");

    /** Classes that reach others by name, whatever is called there. */
    private static final Set<String> REACHING = Set.of(
            "java.util.ServiceLoader",
            "java.util.ResourceBundle",
            "java.io.ObjectInputStream",
            "java.util.concurrent.atomic.AtomicIntegerFieldUpdater",
            "java.util.concurrent.atomic.AtomicLongFieldUpdater",
            "java.util.concurrent.atomic.AtomicReferenceFieldUpdater");

    /** What is reached by name all the same: the scripts, which the metadata names, and what an application registers. */
    private static final Set<String> KNOWN =
            Set.of("dev.countermark.apitokens.jdbc.Schema$Script", "dev.countermark.json.BindableTypes");

    /** The second of 2011-01-01T00:00:00Z, as a class file holds it. */
    private static final byte[] EPOCH_2011 =
            ByteBuffer.allocate(4).putInt(1_293_840_000).array();

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.countermark");
        assertThat(classes.contain(Tokens.class)).isTrue();
    }

    @Test
    void core_needs_the_jdk_and_nothing_else() {
        classes()
                .that(module("core"))
                .should()
                .onlyDependOnClassesThat(module("core").or(resideInAnyPackage(PLATFORM)))
                .check(classes);
    }

    @Test
    void formats_need_core_and_jackson() {
        classes()
                .that(module("formats"))
                .should()
                .onlyDependOnClassesThat(module("formats")
                        .or(module("core"))
                        .or(resideInAnyPackage(PLATFORM))
                        .or(resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.annotation..")))
                .check(classes);
    }

    /** Classes that Maven built in the folder {@code name}, seen as folder or as jar. */
    private static DescribedPredicate<JavaClass> module(String name) {
        var location = Pattern.compile("/" + name + "/target/classes/|/countermark-" + name + "-[^/]*[.]jar!");
        return describe(
                "in module " + name,
                each -> each.getBaseComponentType()
                        .getSource()
                        .filter(source ->
                                location.matcher(source.getUri().toString()).find())
                        .isPresent());
    }

    @Test
    void nothing_depends_on_the_command() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.countermark.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.countermark.cli..")
                .check(classes);
    }

    /** What native-image must be told otherwise; {@link NativeImageTest} looks at what it is told. */
    @Test
    void libraries_reach_nothing_by_name_but_the_scripts_of_the_store_and_records_of_the_application() {
        noClasses()
                .that(module("core").or(module("formats")).or(module("api-tokens")))
                .and(describe("are not known to", each -> !KNOWN.contains(each.getName())))
                .should()
                .accessTargetWhere(describe("it reaches something by name", ArchitectureTest::isByName))
                .check(classes);
    }

    private static boolean isByName(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        return REACHING.contains(owner.getName())
                || BY_NAME.contains(access.getName()) && owner.getPackageName().startsWith("java.lang");
    }

    /** A call and a reference to a method, in a class of its own: the rule must find both. */
    @Test
    void what_is_reached_by_name_is_found() {
        var here = new ClassFileImporter().importClasses(ByName.class);
        assertThat(here.get(ByName.class).getAccessesFromSelf().stream().filter(ArchitectureTest::isByName))
                .hasSize(3);
    }

    static final class ByName {

        static Object called() throws ClassNotFoundException {
            return Class.forName("java.lang.String");
        }

        static Function<Class<?>, Object> referred() {
            return Class::getRecordComponents;
        }

        static Object served() {
            return ServiceLoader.load(Runnable.class);
        }
    }

    /** Only {@code mac}, which defines them, and the compatible formats, whose releases chose them, name these. */
    @Test
    void sha_1_md5_and_the_plain_derivations_are_never_a_choice_of_core() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.countermark", "dev.countermark.encoding", "dev.countermark.apitokens..")
                .should()
                .accessFieldWhere(describe(
                        "the constant is one that only compatible formats may choose",
                        access -> access.getTargetOwner().getPackageName().equals("dev.countermark.mac")
                                && NEVER_CHOSEN.contains(access.getName())))
                .check(classes);
    }

    @Test
    void every_scheme_of_core_derives_with_hmac_and_signs_with_sha_2() throws IllegalAccessException {
        int schemes = 0;
        for (var field : Scheme.class.getFields()) {
            if (field.get(null) instanceof Scheme scheme) {
                schemes++;
                assertThat(scheme.derivation()).isEqualTo(KeyDerivation.HMAC);
                assertThat(scheme.digest()).isNotIn(Digest.MD5, Digest.SHA1);
                assertThat(scheme.mac()).isNotIn(Hmac.MD5, Hmac.SHA1);
            }
        }
        assertThat(schemes).isPositive();
    }

    @Test
    void the_epoch_of_2011_does_not_occur_in_core() throws IOException {
        int read = 0;
        for (var each : classes) {
            if (module("core").test(each)) {
                try (var file = each.getSource().orElseThrow().getUri().toURL().openStream()) {
                    assertThat(indexOf(EPOCH_2011, file.readAllBytes()))
                            .as(each.getName())
                            .isEqualTo(-1);
                    read++;
                }
            }
        }
        assertThat(read).isPositive();
    }

    private static int indexOf(byte[] wanted, byte[] bytes) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(wanted, 0, wanted.length, bytes, i, i + wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
