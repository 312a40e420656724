package dev.countermark.spring.test;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/** Makes the security context of a {@link WithApiToken} test. */
final class WithApiTokenSecurityContextFactory implements WithSecurityContextFactory<WithApiToken> {

    @Override
    public SecurityContext createSecurityContext(WithApiToken annotation) {
        var context = SecurityContextHolder.getContextHolderStrategy().createEmptyContext();
        context.setAuthentication(ApiTokenRequests.authentication(annotation.subject(), annotation.scopes()));
        return context;
    }
}
