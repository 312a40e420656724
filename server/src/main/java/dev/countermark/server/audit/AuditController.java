package dev.countermark.server.audit;

import static dev.countermark.server.problems.BadRequestException.orBadRequest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.AuditEntry;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.server.http.Query;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/audit}: what was changed, the latest first, for admin tokens. */
@RestController
class AuditController {

    private final ApiTokens tokens;

    AuditController(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping(path = "/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    Audit list(
            @RequestParam(name = "token_id", required = false) @Nullable String tokenId,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") String limit) {
        return orBadRequest(() -> {
            var query = AuditQuery.all().limit(Query.number("limit", limit));
            query = tokenId == null ? query : query.token(tokenId);
            query = subject == null ? query : query.subject(subject);
            query = cursor == null ? query : query.after(cursor);
            var page = tokens.audit(query);
            return new Audit(
                    page.items().stream().map(Entry::of).toList(), page.next().orElse(null));
        });
    }

    /**
     * A part of the audit.
     *
     * @param entries what it holds
     * @param nextCursor {@code cursor} of the part behind it; absent at the end
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Audit(List<Entry> entries, @Nullable String nextCursor) {}

    /**
     * A change.
     *
     * @param number grows from entry to entry
     * @param at when
     * @param actor who: {@code token <id>}, a command, or the service itself
     * @param action what: {@code issued}, {@code revoked}, {@code subject_revoked}, {@code rotated}, {@code key_added},
     *     {@code key_promoted}, {@code key_retired} or {@code restore_answered}
     * @param tokenId of which token
     * @param subject of which subject
     * @param detail more about it, for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            long number,
            Instant at,
            String actor,
            String action,
            @Nullable String tokenId,
            @Nullable String subject,
            String detail) {

        static Entry of(AuditEntry entry) {
            return new Entry(
                    entry.number(),
                    entry.at(),
                    entry.actor(),
                    entry.action().name().toLowerCase(Locale.ROOT),
                    entry.tokenId().orElse(null),
                    entry.subject().orElse(null),
                    entry.detail());
        }
    }
}
