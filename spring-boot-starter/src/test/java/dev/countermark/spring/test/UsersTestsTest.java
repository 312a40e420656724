package dev.countermark.spring.test;

import static dev.countermark.spring.test.ApiTokenRequests.apiToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.countermark.spring.security.ApiTokenPrincipal;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What users of the starter write in their tests. */
@SpringBootTest(
        properties = {"countermark.key=${random.value}${random.value}", "countermark.api-tokens.stateless=true"})
@AutoConfigureMockMvc
class UsersTestsTest {

    @Autowired
    MockMvc mvc;

    @Test
    @WithApiToken(subject = "ci", scopes = "orders:read")
    void an_annotated_test_runs_as_the_holder_of_a_token() throws Exception {
        mvc.perform(get("/orders"))
                .andExpect(status().isOk())
                .andExpect(content().string("ci"));
        mvc.perform(post("/orders")).andExpect(status().isForbidden());
    }

    @Test
    @WithApiToken(subject = "ci", scopes = "orders:read")
    void the_holder_is_what_a_controller_would_get() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        assertThat(authentication).isNotNull();
        assertThat(authentication.getPrincipal()).isInstanceOfSatisfying(ApiTokenPrincipal.class, holder -> {
            assertThat(holder.hasScope("orders:read")).isTrue();
            assertThat(holder.getAttributes()).containsEntry("sub", "ci");
        });
    }

    @Test
    @WithApiToken("nobody")
    void no_scope_is_granted_unless_it_is_given() throws Exception {
        mvc.perform(get("/orders")).andExpect(status().isForbidden());
    }

    @Test
    void a_request_comes_from_the_holder_of_a_token() throws Exception {
        mvc.perform(get("/orders").with(apiToken("ci", "orders:read", "other")))
                .andExpect(content().string("ci"));
        mvc.perform(get("/orders").with(apiToken("ci"))).andExpect(status().isForbidden());
    }

    @Test
    void without_either_a_request_is_refused() throws Exception {
        mvc.perform(get("/orders")).andExpect(status().isUnauthorized());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Orders.class)
    static class Application {}

    @RestController
    static class Orders {

        @GetMapping("/orders")
        @PreAuthorize("hasAuthority('SCOPE_orders:read')")
        String list(@AuthenticationPrincipal(expression = "subject") String subject) {
            return subject;
        }

        @PostMapping("/orders")
        @PreAuthorize("hasAuthority('SCOPE_orders:write')")
        void order() {}
    }
}
