package dev.countermark.server.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Looks at all parameters of an address or a form before the page acts on one: names without control characters, which
 * the firewall sees to when it lists them, and none twice, which Spring would join with a comma to a subject nobody typed.
 */
@Component
final class PageParameters implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns(AdminPage.ROOT, AdminPage.ROOT + "/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        for (var values : request.getParameterMap().values()) {
            if (values.length > 1) {
                throw new RequestRejectedException("a parameter comes twice");
            }
        }
        return true;
    }
}
