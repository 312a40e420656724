package dev.countermark.server.serve;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds when neither a key nor a file of keys is given, so that those of the data folder count. */
final class GivenKeys {

    private GivenKeys() {}

    static boolean areIn(Environment environment) {
        return environment.containsProperty("countermark.key") || environment.containsProperty("countermark.key-file");
    }

    /** Neither a key nor a file of keys is given. */
    static final class Absent implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !areIn(context.getEnvironment());
        }
    }
}
