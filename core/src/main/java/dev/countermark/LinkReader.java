package dev.countermark;

import dev.countermark.encoding.EpochSeconds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the links of a {@link SignedUrl}: size, split, signature, expiry, target.
 *
 * @param expiring whether a link without an expiry is refused
 */
record LinkReader(PurposeKeys keys, LinkCoverage coverage, boolean expiring, Limits limits) {

    Verdict<String> check(String link, Clock clock) {
        if (link.length() > limits.tokenLength()) {
            return rejected(Reason.TOO_LONG);
        }
        LinkParts parts;
        try {
            parts = LinkParts.of(link);
        } catch (IllegalArgumentException e) {
            return rejected(Reason.MALFORMED);
        }
        var signature = ours(LinkCoverage.SIGNATURE, parts);
        var expires = ours(LinkCoverage.EXPIRES, parts);
        if (signature == null || signature.isEmpty() || expires == null || coverage.lacksHost(parts)) {
            return rejected(Reason.MALFORMED);
        }

        var covered = coverage.of(parts, coverage.prefix() + parts.path());
        var signed = covered.signedBytes(expires);
        int signer = keys.signer(signed, signed.length, signature.getBytes(StandardCharsets.US_ASCII), 0);
        if (signer < 0) {
            return rejected(Reason.SIGNATURE_MISMATCH);
        }

        if (expires.isEmpty() && expiring) {
            return rejected(Reason.EXPIRY_MISSING);
        }
        long end = expires.isEmpty() ? Reading.NO_TIME : seconds(expires);
        if (end == EpochSeconds.INVALID) {
            return rejected(Reason.EXPIRY_MALFORMED);
        }

        var target = new LinkParts("", parts.path(), covered.parameters()).target();
        var reading =
                Reading.accepted(signed, Reading.NO_TIME, end, keys.key(signer), signer > 0, signed, signed.length);
        return !expires.isEmpty() && Math.floorDiv(clock.millis(), 1000L) > end
                ? new Expired<>(target, reading.expired())
                : new Valid<>(target, reading, reading.oldKey());
    }

    private static Verdict<String> rejected(Reason reason) {
        return new Rejected<>(reason, null);
    }

    /** Value of one of our own parameters, empty where there is none; null where it is repeated or has no value. */
    private static @Nullable String ours(String name, LinkParts parts) {
        var values = parts.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .toList();
        if (values.isEmpty()) {
            return "";
        }
        var value = values.get(0).value();
        return values.size() > 1 || value == null || value.isEmpty() ? null : value;
    }

    private static long seconds(String text) {
        if (text.length() > 12 || text.charAt(0) == '0' || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return EpochSeconds.INVALID;
        }
        long seconds = Long.parseLong(text);
        return seconds <= EpochSeconds.MAX ? seconds : EpochSeconds.INVALID;
    }
}
