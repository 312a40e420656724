package dev.countermark.apitokens;

import dev.countermark.apitokens.RefusedChangeException.Why;
import dev.countermark.apitokens.TokenStore.Draft;
import dev.countermark.apitokens.TokenStore.Idempotency;
import dev.countermark.apitokens.TokenStore.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How tokens come to be: issued, or in the place of another. */
final class Issuing {

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final Node node;
    private final String actor;

    Issuing(Node node, String actor) {
        this.node = node;
        this.actor = actor;
    }

    IssuedToken issue(IssueRequest request) {
        var signing = node.keys.signing();
        var issuedAt = issueTime();
        var lifetime = request.lifetime().orElse(node.options.defaultLifetime());
        requireLifetime(lifetime);
        var draft = new Draft(
                TokenId.random(),
                node.options.prefix(),
                request.subject(),
                request.name(),
                Scopes.join(request.scopes()),
                request.metadata(),
                issuedAt,
                issuedAt.plus(lifetime),
                signing.keyring().primary().fingerprint(),
                lifetime.compareTo(TokenStore.ANNOUNCED) > 0,
                request.idempotencyKey().map(key -> new Idempotency(key, RequestDigest.of(request))));
        requireLength(draft, signing);
        var token = node.store.issue(draft, node.change(actor));
        if (token.id().equals(draft.id())) {
            Node.safely(() -> node.options.events().issued(token, actor));
        }
        return withText(token, signing);
    }

    private void requireLifetime(Duration lifetime) {
        if (lifetime.compareTo(node.options.maximumLifetime()) > 0) {
            throw new IllegalArgumentException("a lifetime is at most "
                    + ApiTokenOptions.shown(node.options.maximumLifetime()) + " by this node's policy");
        }
    }

    /** Too long a text shows before anything is written; the longest generation stands for the one to come. */
    private static void requireLength(Draft draft, SignedTokens signing) {
        signing.sign(
                new Claims(
                        draft.id(),
                        draft.subject(),
                        draft.scope(),
                        draft.expiresAt().getEpochSecond(),
                        Long.MAX_VALUE),
                draft.issuedAt());
    }

    IssuedToken rotate(String id, Duration overlap, Optional<String> idempotencyKey) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new IllegalArgumentException("an overlap is zero to 30 days");
        }
        if (!TokenId.isId(id)) {
            throw new RefusedChangeException(Why.NO_SUCH_TOKEN);
        }
        var signing = node.keys.signing();
        var rotation = new Rotation(
                id,
                TokenId.random(),
                node.options.prefix(),
                issueTime(),
                node.options.maximumLifetime(),
                overlap.isZero()
                        ? Instant.EPOCH.plusSeconds(1)
                        : node.time.now().plus(overlap),
                signing.keyring().primary().fingerprint(),
                idempotencyKey.map(key -> new Idempotency(key, RequestDigest.ofRotation(id, overlap))));
        var rotated = node.store.rotate(rotation, node.change(actor));
        rotated.entry().ifPresent(entry -> {
            node.applied(entry);
            Node.safely(() -> node.options.events().rotated(id, rotated.successor(), actor));
        });
        return withText(rotated.successor(), signing);
    }

    /** Not before the moment from which on tokens are accepted after a restore. */
    private Instant issueTime() {
        var now = node.time.now().truncatedTo(ChronoUnit.SECONDS);
        var first = node.revocations.refusedIssuedBefore();
        return now.isBefore(first) ? first : now;
    }

    private static IssuedToken withText(ApiToken token, SignedTokens signing) {
        var text = signing.withPrefix(token.prefix()).sign(Claims.of(token), token.issuedAt(), token.keyFingerprint());
        return new IssuedToken(text.orElseThrow(() -> new RefusedChangeException(Why.KEY_RETIRED)), token);
    }
}
