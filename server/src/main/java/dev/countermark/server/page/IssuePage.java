package dev.countermark.server.page;

import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.apitokens.RefusedChangeException;
import dev.countermark.server.page.ShownOnce.Pending;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Issuing a token. */
@Controller
final class IssuePage {

    private static final String NEW = AdminPage.ROOT + "/tokens/new";
    private static final List<Integer> DAYS = List.of(1, 7, 30, 90, 180, 365);

    private final ApiTokens tokens;
    private final Pages pages;
    private final ShownOnce shown;

    IssuePage(ApiTokens tokens, Pages pages, ShownOnce shown) {
        this.tokens = tokens;
        this.pages = pages;
        this.shown = shown;
    }

    /** A lifetime to choose. */
    record Choice(long seconds, String label, boolean chosen) {}

    /** What is wrong with a field. */
    record Wrong(String field, String sentence) {}

    @GetMapping(NEW)
    ResponseEntity<String> form(HttpServletRequest request, @RequestParam(defaultValue = "") String subject) {
        var lifetime = tokens.options().defaultLifetime().toSeconds();
        return form(
                request,
                HttpStatus.OK,
                new IssueForm(subject, "", "", false, Long.toString(lifetime), "", Nonce.random()),
                Map.of());
    }

    @PostMapping(AdminPage.ROOT + "/tokens")
    ResponseEntity<String> issue(
            HttpServletRequest request,
            @AuthenticationPrincipal PageSession session,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String scopes,
            @RequestParam(defaultValue = "false") String admin,
            @RequestParam(defaultValue = "") String lifetime,
            @RequestParam(defaultValue = "") String metadata,
            @RequestParam(defaultValue = "") String scripts,
            @RequestParam(name = "request", defaultValue = "") String key) {
        var form = new IssueForm(
                subject,
                name,
                scopes,
                admin.equals("true"),
                lifetime,
                metadata,
                Nonce.isNonce(key) ? key : Nonce.random());
        var errors = new LinkedHashMap<String, String>();
        var wanted = form.read(errors, tokens);
        if (wanted.isEmpty()) {
            return form(request, HttpStatus.UNPROCESSABLE_CONTENT, form, errors);
        }
        IssuedToken issued;
        try {
            issued = tokens.actingAs(session.actor()).issue(wanted.get());
        } catch (IllegalArgumentException e) {
            errors.put("subject", "Subject and scopes together are too long for a token.");
            return form(request, HttpStatus.UNPROCESSABLE_CONTENT, form, errors);
        } catch (RefusedChangeException e) {
            errors.put(
                    "subject", "This form was sent before, with other values. Send it again to issue another token.");
            var again = new IssueForm(subject, name, scopes, form.admin(), lifetime, metadata, Nonce.random());
            return form(request, HttpStatus.CONFLICT, again, errors);
        }
        return pages.redirect(
                TextPage.of(issued.token().id()),
                shown.cookie(session, Pending.issued(issued, form.key(), scripts.equals("true")), request));
    }

    private ResponseEntity<String> form(
            HttpServletRequest request, HttpStatus status, IssueForm form, Map<String, String> errors) {
        var model = new HashMap<String, Object>();
        model.put("form", form.fields());
        model.put("lifetimes", lifetimes(form.lifetime()));
        model.put("failed", !errors.isEmpty());
        model.put(
                "errors",
                errors.entrySet().stream()
                        .map(error -> new Wrong(error.getKey(), error.getValue()))
                        .toList());
        for (var field : List.of("subject", "name", "scopes", "lifetime", "metadata")) {
            model.put(field + "Error", errors.get(field));
        }
        return pages.show(request, status, "issue", "Issue a token", model);
    }

    private List<Choice> lifetimes(String chosen) {
        var options = tokens.options();
        var lengths = new TreeSet<Duration>();
        DAYS.forEach(days -> lengths.add(Duration.ofDays(days)));
        lengths.removeIf(length -> length.compareTo(options.maximumLifetime()) > 0);
        lengths.add(options.defaultLifetime());
        return lengths.stream()
                .map(length -> new Choice(
                        length.toSeconds(),
                        length.equals(Duration.ofDays(1)) ? "1 day" : Moment.span(length),
                        Long.toString(length.toSeconds()).equals(chosen)))
                .toList();
    }
}
