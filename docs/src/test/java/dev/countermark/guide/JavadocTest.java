package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a user can name says what it is, and every component of a record too. */
class JavadocTest {

    @ParameterizedTest
    @ValueSource(strings = {"core", "formats", "api-tokens", "spring-boot-starter"})
    void whatever_is_public_says_what_it_is(String module) throws IOException {
        var root = Pages.ROOT.resolve(module).resolve("src/main/java");
        try (var files = Files.walk(root)) {
            var sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            assertThat(silent(sources)).isEmpty();
        }
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
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
            var search = new Search(DocTrees.instance(task));
            task.parse().forEach(unit -> search.scan(unit, unit.getSourceFile().getName()));
            return search.found;
        }
    }

    /** Goes down into types that users can name, and no further. */
    private static final class Search extends TreePathScanner<Void, String> {

        private final DocTrees comments;
        private final List<String> found = new ArrayList<>();

        Search(DocTrees comments) {
            this.comments = comments;
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
