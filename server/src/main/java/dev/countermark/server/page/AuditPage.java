package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.AuditEntry;
import dev.countermark.apitokens.AuditEntry.Action;
import dev.countermark.apitokens.AuditQuery;
import dev.countermark.apitokens.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who changed what, and when. */
@Controller
final class AuditPage {

    private static final int PAGE_SIZE = 50;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final ApiTokens tokens;
    private final Pages pages;

    AuditPage(ApiTokens tokens, Pages pages) {
        this.tokens = tokens;
        this.pages = pages;
    }

    /** An entry as the template asks for it. */
    record EntryView(AuditEntry entry, Instant now) {

        Moment at() {
            return Moment.of(entry.at(), now);
        }

        /** Whether it is about somebody's session here. */
        boolean pageSession() {
            return entry.subject()
                    .filter(subject -> subject.startsWith(PageSessions.SUBJECT))
                    .isPresent();
        }

        String action() {
            if (pageSession()) {
                return entry.action() == Action.ISSUED ? "Logged in" : "Logged out";
            }
            return switch (entry.action()) {
                case ISSUED -> "Issued";
                case REVOKED -> "Revoked";
                case SUBJECT_REVOKED -> "All of subject revoked";
                case ROTATED -> "Rotated";
                case KEY_ADDED -> "Key added";
                case KEY_PROMOTED -> "Key promoted";
                case KEY_RETIRED -> "Key retired";
                case RESTORE_ANSWERED -> "Restore answered";
            };
        }

        String badge() {
            return switch (entry.action()) {
                case ISSUED -> "good";
                case REVOKED, SUBJECT_REVOKED -> "bad";
                case ROTATED -> "warn";
                default -> "past";
            };
        }

        /** Who, without the id of a token, which is a link. */
        String actor() {
            var id = ID.matcher(entry.actor());
            if (!id.find()) {
                return entry.actor();
            }
            return switch (id.replaceFirst("").strip()) {
                case "page" -> "Admin page";
                case "token" -> "API";
                default -> id.replaceFirst("").strip();
            };
        }

        @Nullable
        String actorToken() {
            var id = ID.matcher(entry.actor());
            return id.find() ? id.group() : null;
        }

        @Nullable
        String tokenId() {
            return entry.tokenId().orElse(null);
        }

        @Nullable
        String subject() {
            return entry.subject().orElse(null);
        }

        @Nullable
        String subjectParameter() {
            return entry.subject()
                    .map(subject -> URLEncoder.encode(subject, StandardCharsets.UTF_8))
                    .orElse(null);
        }

        String detail() {
            return entry.detail();
        }

        /** Whether the detail is the id of a token: the successor of a rotation. */
        boolean detailIsToken() {
            return ID.matcher(entry.detail()).matches();
        }
    }

    @GetMapping(AdminPage.ROOT + "/audit")
    ResponseEntity<String> audit(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String cursor) {
        var search = Search.of(q);
        Page<AuditEntry> page;
        try {
            page = search.problem() == null
                    ? tokens.audit(query(search, cursor))
                    : new Page<>(List.of(), Optional.empty());
        } catch (IllegalArgumentException e) {
            return pages.problem(
                    request, HttpStatus.BAD_REQUEST, "No such page", "This part of the list is none. Begin again.");
        }
        var now = pages.now();
        var model = new HashMap<String, Object>();
        model.put("search", search);
        model.put("problem", search.problem());
        model.put("empty", page.items().isEmpty());
        model.put("filtered", !search.text().isEmpty());
        model.put(
                "entries",
                page.items().stream().map(entry -> new EntryView(entry, now)).toList());
        model.put("later", !cursor.isEmpty());
        model.put("next", page.next().orElse(null));
        return pages.show(
                request,
                search.problem() == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT,
                "audit",
                "Audit",
                model);
    }

    private static AuditQuery query(Search search, String cursor) {
        var query = AuditQuery.all().limit(PAGE_SIZE);
        if (search.tokenId().isPresent()) {
            query = query.token(search.tokenId().get());
        } else if (search.subject().isPresent()) {
            query = query.subject(search.subject().get());
        }
        return cursor.isEmpty() ? query : query.after(cursor);
    }
}
