package dev.countermark.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.StatelessApiTokens;
import dev.countermark.spring.ApiTokenChecker;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;

class ObservationTest {

    private static final StatelessApiTokens TOKENS = StatelessApiTokens.of(Keyring.of(SigningKey.generate()));

    private final List<Observation.Context> stopped = new ArrayList<>();

    private ApiTokenIntrospector introspector() {
        var registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        var checker = new ApiTokenChecker() {
            @Override
            public String prefix() {
                return "cm";
            }

            @Override
            public ApiTokenVerdict check(String text) {
                return TOKENS.check(text);
            }
        };
        return new ApiTokenIntrospector(checker, registry);
    }

    @Test
    void a_check_is_observed_with_its_outcome_and_id_and_without_the_text() {
        var text = TOKENS.issue("ada", Set.of("orders:read"));
        var holder = (ApiTokenPrincipal) introspector().introspect(text);
        var observed = stopped.get(0);
        assertThat(observed.getName()).isEqualTo("countermark.authentication");
        assertThat(observed.getLowCardinalityKeyValues()).containsExactly(KeyValue.of("outcome", "valid"));
        assertThat(observed.getHighCardinalityKeyValues()).containsExactly(KeyValue.of("token.id", holder.id()));
        assertThat(observed.toString()).doesNotContain(text).doesNotContain("ada");
    }

    @Test
    void a_refusal_is_an_outcome_and_no_error() {
        var introspector = introspector();
        assertThatThrownBy(() -> introspector.introspect("nothing")).isInstanceOf(BadOpaqueTokenException.class);
        var observed = stopped.get(0);
        assertThat(observed.getLowCardinalityKeyValues()).containsExactly(KeyValue.of("outcome", "rejected"));
        assertThat(observed.getError()).isNull();
        assertThat(observed.toString()).doesNotContain("nothing");
    }
}
