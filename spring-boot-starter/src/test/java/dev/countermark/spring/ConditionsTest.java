package dev.countermark.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.Tokens;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.InMemoryTokenStore;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.StatelessApiTokens;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.jdbc.JdbcTokenStore;
import dev.countermark.spring.actuate.ApiTokensActuatorAutoConfiguration;
import dev.countermark.spring.security.ApiTokensSecurityAutoConfiguration;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/** What there is in an application, with and without each thing that it may have. */
class ConditionsTest {

    private static final String KEY = "countermark.key=n6nQbWlP7WmR1nDqfQd0sC5S1eVb2pTnUqvU3s0yW9w";

    @TempDir
    Path folder;

    ApplicationContextRunner plain;
    WebApplicationContextRunner web;

    @BeforeEach
    void runners() {
        var data = "countermark.api-tokens.data-folder=" + folder;
        var ours = AutoConfigurations.of(
                KeyringAutoConfiguration.class,
                ApiTokensAutoConfiguration.class,
                ApiTokensSecurityAutoConfiguration.class,
                ApiTokensActuatorAutoConfiguration.class,
                SecurityAutoConfiguration.class,
                UserDetailsServiceAutoConfiguration.class,
                OAuth2ResourceServerAutoConfiguration.class,
                OAuth2ResourceServerWebSecurityAutoConfiguration.class,
                ServletWebSecurityAutoConfiguration.class);
        plain = new ApplicationContextRunner().withConfiguration(ours).withPropertyValues(KEY, data);
        web = new WebApplicationContextRunner().withConfiguration(ours).withPropertyValues(KEY, data);
    }

    @Test
    void a_key_is_enough_for_tokens_in_a_file() {
        plain.run(context -> {
            assertThat(context).hasSingleBean(Keyring.class).hasSingleBean(ApiTokens.class);
            assertThat(context.getBean(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
            assertThat(folder.resolve("tokens.db")).exists();
        });
    }

    @Test
    void the_keyring_signs_in_one_line() {
        plain.run(context -> {
            var links = Tokens.of(context.getBean(Keyring.class), "reset-password", Codec.text());
            assertThat(links.verify(links.sign("ada"))).isEqualTo("ada");
        });
    }

    @Test
    void without_a_web_server_there_is_no_chain() {
        plain.run(context -> assertThat(context)
                .doesNotHaveBean(OpaqueTokenIntrospector.class)
                .doesNotHaveBean(SecurityFilterChain.class));
    }

    @Test
    void with_a_web_server_there_is_one_chain_and_no_generated_password() {
        web.run(context -> assertThat(context)
                .hasSingleBean(SecurityFilterChain.class)
                .hasBean("apiTokensSecurityFilterChain")
                .hasSingleBean(OpaqueTokenIntrospector.class)
                .hasSingleBean(FilterRegistrationBean.class)
                .doesNotHaveBean(UserDetailsService.class));
    }

    @Test
    void without_spring_security_there_are_tokens_and_nothing_to_hold_them_against() {
        web.withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context ->
                        assertThat(context).hasSingleBean(ApiTokens.class).doesNotHaveBean("apiTokenIntrospector"));
        web.withClassLoader(new FilteredClassLoader("org.springframework.security.oauth2.server"))
                .run(context -> assertThat(context)
                        .hasSingleBean(ApiTokens.class)
                        .doesNotHaveBean("apiTokensSecurityFilterChain"));
    }

    @Test
    void without_the_jwt_classes_ours_are_accepted() {
        web.withClassLoader(new FilteredClassLoader("org.springframework.security.oauth2.jwt"))
                .run(context -> assertThat(context).hasBean("apiTokensSecurityFilterChain"));
    }

    @Test
    void a_jwt_decoder_does_not_stop_the_start() {
        web.withBean(JwtDecoder.class, () -> text -> {
                    throw new BadJwtException("none is good");
                })
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(SecurityFilterChain.class)
                        .hasBean("apiTokensSecurityFilterChain"));
    }

    @Test
    void an_own_chain_replaces_ours() {
        web.withBean(
                        "own",
                        SecurityFilterChain.class,
                        () -> new DefaultSecurityFilterChain(request -> true, new Filter[0]))
                .run(context -> assertThat(context)
                        .hasSingleBean(SecurityFilterChain.class)
                        .hasBean("own")
                        .hasSingleBean(OpaqueTokenIntrospector.class));
    }

    @Test
    void own_beans_replace_ours() {
        var keyring = Keyring.of(SigningKey.generate());
        web.withBean("ownKeys", Keyring.class, () -> keyring)
                .withBean("ownStore", InMemoryTokenStore.class, InMemoryTokenStore::new)
                .withBean("ownIntrospector", OpaqueTokenIntrospector.class, () -> text -> null)
                .run(context -> {
                    assertThat(context.getBean(Keyring.class)).isSameAs(keyring);
                    assertThat(context.getBean(ApiTokens.class).keyFingerprints())
                            .containsExactly(keyring.primary().fingerprint());
                    assertThat(context).hasSingleBean(TokenStore.class).hasBean("ownStore");
                    assertThat(context)
                            .hasSingleBean(OpaqueTokenIntrospector.class)
                            .hasBean("ownIntrospector");
                    assertThat(folder.resolve("tokens.db")).doesNotExist();
                });
    }

    @Test
    void an_own_key_source_gives_the_keyring() {
        var keyring = Keyring.of(SigningKey.generate());
        plain.withBean("ownSource", KeySource.class, () -> KeySource.of(keyring))
                .run(context -> assertThat(context.getBean(Keyring.class)).isSameAs(keyring));
    }

    @Test
    void api_tokens_can_be_left_out() {
        web.withPropertyValues("countermark.api-tokens.enabled=false").run(context -> {
            assertThat(context).hasSingleBean(Keyring.class).doesNotHaveBean(ApiTokens.class);
            assertThat(context).doesNotHaveBean("apiTokenIntrospector");
        });
    }

    @Test
    void stateless_tokens_need_no_store() {
        web.withPropertyValues("countermark.api-tokens.stateless=true", "countermark.api-tokens.prefix=acme")
                .run(context -> {
                    assertThat(context)
                            .hasSingleBean(StatelessApiTokens.class)
                            .doesNotHaveBean(ApiTokens.class)
                            .doesNotHaveBean(TokenStore.class)
                            .hasBean("apiTokensSecurityFilterChain");
                    var text = context.getBean(StatelessApiTokens.class).issue("ada", Set.of("a"));
                    assertThat(text).startsWith("acme_");
                    assertThat(context.getBean(OpaqueTokenIntrospector.class)
                                    .introspect(text)
                                    .getName())
                            .isEqualTo("ada");
                    assertThat(folder).isEmptyDirectory();
                });
    }

    @Test
    void properties_become_options() {
        plain.withPropertyValues(
                        "countermark.api-tokens.prefix=acme",
                        "countermark.api-tokens.default-lifetime=10m",
                        "countermark.api-tokens.maximum-lifetime=1d",
                        "countermark.api-tokens.lease=3s",
                        "countermark.api-tokens.poll-interval=500ms",
                        "spring.application.name=shop")
                .run(context -> {
                    var tokens = context.getBean(ApiTokens.class);
                    assertThat(tokens.options().nodeName()).isEqualTo("shop");
                    assertThat(tokens.options().lease()).hasSeconds(3);
                    assertThat(tokens.options().pollInterval()).hasMillis(500);
                    var issued = tokens.issue(IssueRequest.forSubject("ada"));
                    assertThat(issued.text()).startsWith("acme_");
                    assertThat(issued.token().issuedAt().plusSeconds(600))
                            .isEqualTo(issued.token().expiresAt());
                });
    }

    @Test
    void a_short_lease_has_a_poll_interval_that_fits() {
        plain.withPropertyValues("countermark.api-tokens.lease=2s")
                .run(context -> assertThat(
                                context.getBean(ApiTokens.class).options().pollInterval())
                        .hasMillis(400));
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, CM",
        "maximum-lifetime, 9999d",
        "default-lifetime, 366d",
        "lease, 61s",
        "poll-interval, 2s",
        "node-name, ''",
    })
    void an_option_that_is_refused_is_named(String property, String value) {
        plain.withPropertyValues("countermark.api-tokens." + property + "=" + value)
                .run(context -> assertThat(new StartFailureAnalyzer().analyze(context.getStartupFailure()))
                        .extracting(FailureAnalysis::getDescription)
                        .asString()
                        .startsWith("countermark.api-tokens." + property + " is refused: "));
    }

    @Test
    void tokens_follow_a_key_file() throws Exception {
        var file = KeyFile.at(folder.resolve("keys"));
        var first = SigningKey.generate();
        var next = SigningKey.generate();
        file.add(first);
        plain.withPropertyValues("countermark.key=", "countermark.key-file=" + folder.resolve("keys"))
                .run(context -> {
                    var tokens = context.getBean(ApiTokens.class);
                    var old = tokens.issue(IssueRequest.forSubject("ada")).text();
                    file.add(next);
                    tokens.reloadKeys();
                    file.promote(next.fingerprint());
                    tokens.reloadKeys();
                    assertThat(tokens.keyFingerprints()).containsExactly(next.fingerprint(), first.fingerprint());
                    assertThat(tokens.check(old)).isInstanceOf(ApiTokenVerdict.Valid.class);
                });
    }

    @Test
    void events_reach_the_application() {
        plain.withBean(Heard.class).run(context -> {
            var tokens = context.getBean(ApiTokens.class);
            var first = tokens.issue(IssueRequest.forSubject("ada").lifetime(Duration.ofDays(1)));
            tokens.rotate(first.token().id(), Duration.ofHours(1));
            tokens.revoke(first.token().id());
            tokens.revokeSubject("ada");
            assertThat(context.getBean(Heard.class).kinds)
                    .containsExactly("Issued", "Rotated", "Revoked", "SubjectRevoked");
        });
    }

    static class Heard {

        final List<String> kinds = new CopyOnWriteArrayList<>();

        @EventListener
        void on(ApiTokenEvent event) {
            kinds.add(event.getClass().getSimpleName());
        }
    }
}
