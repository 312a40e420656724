package dev.countermark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the signature of a link covers: its path, all parameters but some, and the host where it does.
 *
 * @param host whether it does
 * @param prefix what a proxy takes off the path before a link is read, or empty
 * @param unsigned names of parameters that are left out
 */
record LinkCoverage(boolean host, String prefix, Set<String> unsigned) {

    static final String EXPIRES = "expires";
    static final String SIGNATURE = "signature";

    static final LinkCoverage DEFAULT = new LinkCoverage(false, "", Set.of());

    LinkCoverage withHost() {
        return new LinkCoverage(true, prefix, unsigned);
    }

    LinkCoverage behind(String prefix) {
        var parts = LinkParts.of(prefix);
        if (!parts.host().isEmpty()
                || !parts.parameters().isEmpty()
                || prefix.endsWith("/")
                || prefix.indexOf('?') >= 0) {
            throw new IllegalArgumentException("a prefix is a path without a slash at its end, for instance /shop");
        }
        return new LinkCoverage(host, parts.path(), unsigned);
    }

    LinkCoverage without(String... names) {
        for (var name : names) {
            if (!name.matches("[A-Za-z0-9._~-]+") || name.equals(EXPIRES) || name.equals(SIGNATURE)) {
                throw new IllegalArgumentException("'" + name + "' cannot be left unsigned");
            }
        }
        var all = Stream.concat(unsigned.stream(), Arrays.stream(names)).collect(Collectors.toUnmodifiableSet());
        return new LinkCoverage(host, prefix, all);
    }

    /** Whether a link lacks the host that is covered. */
    boolean lacksHost(LinkParts parts) {
        return host && parts.host().isEmpty();
    }

    /** What is covered, in the order in which it is: names sorted, values of one name as they came. */
    LinkParts of(LinkParts parts, String path) {
        List<LinkParts.Parameter> parameters = parts.parameters().stream()
                .filter(parameter -> !isOurs(parameter) && !unsigned.contains(parameter.name()))
                .sorted(Comparator.comparing(LinkParts.Parameter::name))
                .toList();
        return new LinkParts(host ? parts.host() : "", path, parameters);
    }

    static boolean isOurs(LinkParts.Parameter parameter) {
        return parameter.name().equals(EXPIRES) || parameter.name().equals(SIGNATURE);
    }
}
