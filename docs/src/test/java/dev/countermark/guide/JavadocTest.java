package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a user can name says what it is, and every component of a record too. */
class JavadocTest {

    /** JMH wants what it measures to be public, and the name says what that is. */
    static List<String> modulesWithUsers() throws IOException {
        return Modules.all().stream()
                .filter(module -> !module.equals(Modules.BENCHMARKS))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("modulesWithUsers")
    void whatever_is_public_says_what_it_is(String module) throws IOException {
        var sources = Modules.sources(module);
        assertThat(sources).isNotEmpty();
        assertThat(silent(sources)).isEmpty();
    }

    static List<String> modules() throws IOException {
        return Modules.all();
    }

    /** The first sentence says what a package is for; what follows says which of it is for others, and what may be changed. */
    @ParameterizedTest
    @MethodSource("modules")
    void every_package_says_what_it_is_for_and_what_may_be_touched(String module) throws IOException {
        for (var name : Modules.packages(module)) {
            var file = Modules.packageInfo(module, name);
            assertThat(file).exists();
            assertThat(comments(file)).as(name).singleElement().satisfies(comment -> {
                assertThat(comment.getFirstSentence()).isNotEmpty();
                assertThat(comment.getBody()).isNotEmpty();
            });
        }
    }

    private static List<DocCommentTree> comments(Path packageInfo) throws IOException {
        var found = new ArrayList<DocCommentTree>();
        parse(List.of(packageInfo), (unit, comments) -> {
            var comment = comments.getDocCommentTree(TreePath.getPath(unit, unit.getPackage()));
            if (comment != null) {
                found.add(comment);
            }
        });
        return found;
    }

    @Test
    void a_package_that_says_one_sentence_is_found(@TempDir Path folder) throws IOException {
        var one = Files.writeString(folder.resolve("package-info.java"), "/** One sentence. */\npackage odd;\n");
        assertThat(comments(one))
                .singleElement()
                .satisfies(comment -> assertThat(comment.getBody()).isEmpty());
        var none = Files.writeString(folder.resolve("package-info.java"), "package odd;\n");
        assertThat(comments(none)).isEmpty();
    }

    @Test
    void what_says_nothing_is_found(@TempDir Path folder) throws IOException {
        var source = Files.writeString(folder.resolve("Odd.java"), """
                /** A record. */
                public record Odd(int a) {
                    public Odd {}
                    public int twice() { return 2 * a; }
                    int hidden() { return a; }
                    /** Numbers. */
                    public enum Number { ONE }
                    /** Does. */
                    public interface Doer { void act(); }
                }
                """);
        assertThat(silent(List.of(source))).hasSize(5);
    }

    private static List<String> silent(List<Path> sources) throws IOException {
        var found = new ArrayList<String>();
        parse(
                sources,
                (unit, comments) -> new Search(comments, found)
                        .scan(unit, unit.getSourceFile().getName()));
        return found;
    }

    private static void parse(List<Path> sources, BiConsumer<CompilationUnitTree, DocTrees> reader) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
            var comments = DocTrees.instance(task);
            task.parse().forEach(unit -> reader.accept(unit, comments));
        }
    }

    /** Goes down into types that users can name, and no further. */
    private static final class Search extends TreePathScanner<Void, String> {

        private final DocTrees comments;
        private final List<String> found;

        Search(DocTrees comments, List<String> found) {
            this.comments = comments;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, String file) {
            if (!isOpen(type.getModifiers())) {
                return null;
            }
            var comment = require(type.getSimpleName().toString(), file);
            if (type.getKind() == Kind.RECORD && comment != null) {
                var told = comment.getBlockTags().stream()
                        .filter(ParamTree.class::isInstance)
                        .map(tag -> ((ParamTree) tag).getName().toString())
                        .collect(Collectors.toSet());
                for (var member : type.getMembers()) {
                    if (member instanceof VariableTree field
                            && !field.getModifiers().getFlags().contains(Modifier.STATIC)
                            && !told.contains(field.getName().toString())) {
                        found.add(file + ": the component " + field.getName() + " of " + type.getSimpleName());
                    }
                }
            }
            return super.visitClass(type, file);
        }

        @Override
        public Void visitMethod(MethodTree method, String file) {
            boolean inherits = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            if (isOpen(method.getModifiers()) && !inherits) {
                require(method.getName() + "()", file);
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, String file) {
            if (isOpen(field.getModifiers())) {
                require(field.getName().toString(), file);
            }
            return null;
        }

        private DocCommentTree require(String name, String file) {
            var comment = comments.getDocCommentTree(getCurrentPath());
            if (comment == null) {
                found.add(file + ": " + name);
            }
            return comment;
        }

        private boolean isOpen(ModifiersTree modifiers) {
            var flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || isInInterface() && !flags.contains(Modifier.PRIVATE);
        }

        private boolean isInInterface() {
            var around = getCurrentPath().getParentPath().getLeaf();
            return Set.of(Kind.INTERFACE, Kind.ANNOTATION_TYPE).contains(around.getKind());
        }
    }
}
