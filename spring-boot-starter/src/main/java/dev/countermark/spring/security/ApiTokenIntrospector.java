package dev.countermark.spring.security;

import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.RevocationsUnavailableException;
import dev.countermark.spring.ApiTokenChecker;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Checks API tokens in this process, where Spring Security would otherwise ask an authorization server.
 *
 * <p>A client learns that its token is not valid, and not why. Each check is an observation
 * {@code countermark.authentication} with the outcome and, of a token that is ours, its id.
 */
final class ApiTokenIntrospector implements OpaqueTokenIntrospector {

    private static final String OBSERVATION = "countermark.authentication";

    private final ApiTokenChecker checker;
    private final ObservationRegistry observations;

    ApiTokenIntrospector(ApiTokenChecker checker, ObservationRegistry observations) {
        this.checker = checker;
        this.observations = observations;
    }

    /**
     * The holder of a token.
     *
     * @throws BadOpaqueTokenException if the token is not valid
     * @throws AuthenticationServiceException if nobody knows, caused by a {@link RevocationsUnavailableException}
     */
    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        var verdict = observations.isNoop() ? checker.check(token) : observed(token);
        if (verdict instanceof ApiTokenVerdict.Valid valid) {
            return ApiTokenPrincipal.of(valid);
        }
        if (verdict instanceof ApiTokenVerdict.Unavailable) {
            throw unavailable(verdict);
        }
        throw new BadOpaqueTokenException("The token is not valid");
    }

    private ApiTokenVerdict observed(String token) {
        var observation = Observation.createNotStarted(OBSERVATION, observations);
        return observation.observe(() -> {
            var verdict = checker.check(token);
            observation.lowCardinalityKeyValue("outcome", outcome(verdict));
            if (verdict instanceof ApiTokenVerdict.Valid valid) {
                observation.highCardinalityKeyValue("token.id", valid.id());
            }
            return verdict;
        });
    }

    private static String outcome(ApiTokenVerdict verdict) {
        return verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static AuthenticationServiceException unavailable(ApiTokenVerdict verdict) {
        try {
            verdict.orThrow();
            throw new IllegalStateException("a verdict that is not valid has thrown nothing");
        } catch (RevocationsUnavailableException e) {
            return new AuthenticationServiceException("API tokens cannot be checked", e);
        }
    }
}
