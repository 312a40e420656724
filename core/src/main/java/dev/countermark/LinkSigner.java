package dev.countermark;

import dev.countermark.encoding.Base64Url;

/** Signs the links of a {@link SignedUrl}. */
record LinkSigner(PurposeKeys keys, LinkCoverage coverage, Limits limits) {

    /** @param expires seconds since 1970 in decimal digits, or empty */
    String sign(String link, String expires) {
        var parts = LinkParts.of(link);
        if (coverage.lacksHost(parts)) {
            throw new IllegalArgumentException("the host is covered: sign the whole link, from https:// on");
        }
        var prefix = coverage.prefix();
        if (!prefix.isEmpty()
                && (!parts.path().startsWith(prefix + "/") || parts.path().startsWith(prefix + "//"))) {
            throw new IllegalArgumentException(
                    "the link's path does not start with " + prefix + "/ and one slash only");
        }
        if (parts.parameters().stream().anyMatch(LinkCoverage::isOurs)) {
            throw new IllegalArgumentException("the link has a parameter expires or signature already");
        }
        int ours = expires.isEmpty() ? 1 : 2;
        if (parts.parameters().size() + ours > LinkParts.MOST_PARAMETERS) {
            throw LinkParts.tooMany();
        }
        var code = keys.primary().compute(coverage.of(parts, parts.path()).signedBytes(expires));
        int queryAt = link.indexOf('?');
        var signed = link
                + (queryAt < 0 ? "?" : queryAt == link.length() - 1 ? "" : "&")
                + (expires.isEmpty() ? "" : LinkCoverage.EXPIRES + "=" + expires + "&")
                + LinkCoverage.SIGNATURE + "=" + Base64Url.encode(code);
        if (signed.length() > limits.tokenLength()) {
            throw new IllegalArgumentException("the link would have " + signed.length()
                    + " characters and readers accept " + limits.tokenLength());
        }
        return signed;
    }
}
