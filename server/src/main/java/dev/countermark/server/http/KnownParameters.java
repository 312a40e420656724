package dev.countermark.server.http;

import dev.countermark.server.problems.BadRequestException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses query parameters that the API does not know, or that come twice: a misspelt filter must not list everything.
 */
@Component
final class KnownParameters implements HandlerInterceptor, WebMvcConfigurer {

    private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/v1/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // Without a query there is nothing to read, and a body is not for parameters.
        if (request.getQueryString() != null && handler instanceof HandlerMethod method) {
            var names = known.computeIfAbsent(method, KnownParameters::names);
            request.getParameterMap().forEach((name, values) -> {
                if (!names.contains(name)) {
                    throw new BadRequestException(
                            names.isEmpty()
                                    ? "there are no query parameters here"
                                    : "there is a query parameter that is not known; known are: "
                                            + names.stream().sorted().collect(Collectors.joining(", ")));
                }
                if (values.length != 1) {
                    throw new BadRequestException("a query parameter comes twice");
                }
            });
        }
        return true;
    }

    private static Set<String> names(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(parameter -> {
                    var annotation = parameter.getParameterAnnotation(RequestParam.class);
                    var name = annotation == null ? "" : annotation.name();
                    return name.isEmpty() ? parameter.getParameter().getName() : name;
                })
                .collect(Collectors.toUnmodifiableSet());
    }
}
