package dev.countermark.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says which property of ours is wrong without its value, which Spring Boot would print: it may be a key. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PropertyFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!ConfigurationPropertyName.of("countermark").isAncestorOf(cause.getName())) {
            return null;
        }
        var unbound = findCause(rootFailure, UnboundConfigurationPropertiesException.class);
        if (unbound != null) {
            var property = unbound.getUnboundProperties().iterator().next();
            return refusal(
                    property.getName() + where(property)
                            + " is refused: a list has its elements from [0] on, none left out.",
                    "Number the elements anew.");
        }
        var type = cause.getTarget().getType().resolve(Object.class);
        return refusal(
                cause.getName() + where(cause.getProperty()) + " is no " + type.getSimpleName() + ".",
                type == Duration.class
                        ? "Write a number with its unit, for instance 5s, 10m or 90d."
                        : "Change the property.");
    }

    /** With a cause of its own: that of Spring Boot quotes the value. */
    private static FailureAnalysis refusal(String description, String action) {
        return new FailureAnalysis(description, action, new StartFailure(description, action));
    }

    private static String where(@Nullable ConfigurationProperty property) {
        return property == null || property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }
}
