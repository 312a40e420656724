package dev.countermark.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Runs a test as the holder of an API token, without a key or a store. Needs spring-security-test.
 *
 * <pre>{@code
 * @Test
 * @WithApiToken(subject = "ci", scopes = "orders:read")
 * void reads_orders() { … }
 * }</pre>
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@WithSecurityContext(factory = WithApiTokenSecurityContextFactory.class)
public @interface WithApiToken {

    /** Whom the token speaks for. */
    @AliasFor("subject")
    String value() default "user";

    /** Whom the token speaks for. */
    @AliasFor("value")
    String subject() default "user";

    /** What it may do; nothing by default. */
    String[] scopes() default {};
}
