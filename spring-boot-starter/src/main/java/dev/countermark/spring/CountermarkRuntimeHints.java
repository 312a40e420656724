package dev.countermark.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image cannot find out by itself: the scripts of the tables, and what expressions and JSON read by name. */
final class CountermarkRuntimeHints implements RuntimeHintsRegistrar {

    private static final List<String> READ_BY_NAME = List.of(
            "dev.countermark.spring.security.ApiTokenPrincipal",
            "dev.countermark.apitokens.ApiToken",
            "dev.countermark.apitokens.IssuedToken",
            "dev.countermark.apitokens.Page",
            "dev.countermark.apitokens.RevokeOutcome");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources().registerPattern("dev/countermark/apitokens/jdbc/schema/*.sql");
        for (var name : READ_BY_NAME) {
            hints.reflection()
                    .registerTypeIfPresent(
                            loader,
                            name,
                            type -> type.withMembers(
                                    MemberCategory.INVOKE_PUBLIC_METHODS, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
        }
    }
}
