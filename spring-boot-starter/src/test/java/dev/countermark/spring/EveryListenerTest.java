package dev.countermark.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.TokenEvents;
import dev.countermark.apitokens.TokenState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EveryListenerTest {

    private static final ApiToken TOKEN = new ApiToken(
            "00000000000000000000000000000000",
            "cm",
            "ada",
            "",
            Set.of(),
            Map.of(),
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.EPOCH,
            TokenState.ACTIVE,
            Optional.empty(),
            0,
            "0011223344556677",
            Optional.empty(),
            Optional.empty());

    @Test
    void what_a_node_tells_by_itself_becomes_an_event() {
        var published = new ArrayList<Object>();
        var publisher = new EventPublisher(published::add);
        publisher.expiring(TOKEN);
        publisher.reusedAfterRotation(TOKEN.id(), "ada");
        assertThat(published)
                .containsExactly(
                        new ApiTokenEvent.ExpiringSoon(TOKEN),
                        new ApiTokenEvent.ReusedAfterRotation(TOKEN.id(), "ada"));
    }

    @Test
    void a_listener_that_throws_does_not_keep_the_others_from_hearing() {
        var heard = new ArrayList<String>();
        TokenEvents broken = new TokenEvents() {
            @Override
            public void revoked(String id, String actor) {
                throw new IllegalStateException("broken");
            }
        };
        TokenEvents working = new TokenEvents() {
            @Override
            public void revoked(String id, String actor) {
                heard.add(id);
            }
        };
        var every = new EveryListener(List.of(broken, working));
        assertThatThrownBy(() -> every.revoked("1", "ada")).hasMessage("broken");
        assertThat(heard).containsExactly("1");
    }
}
