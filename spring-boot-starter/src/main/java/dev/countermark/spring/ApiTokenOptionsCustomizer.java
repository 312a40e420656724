package dev.countermark.spring;

import dev.countermark.apitokens.ApiTokenOptions;

/**
 * A bean that changes the options of API tokens after the properties were applied, for instance their clock.
 *
 * <p>Several are applied in their order. Stateless tokens take the prefix, the lifetimes and the clock.
 */
@FunctionalInterface
public interface ApiTokenOptionsCustomizer {

    /** The options to use instead. */
    ApiTokenOptions customize(ApiTokenOptions options);
}
