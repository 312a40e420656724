package dev.countermark.cli.tokens;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokenVerdict.Expired;
import dev.countermark.apitokens.ApiTokenVerdict.Rejected;
import dev.countermark.apitokens.ApiTokenVerdict.Revoked;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.cli.formats.Outcome.Status;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How API tokens are shown: records as lines, tables or JSON, never a text. */
final class TokenAnswers {

    private TokenAnswers() {}

    /** Says what a check found; answers the exit code. */
    static int print(ApiTokenVerdict verdict, Answers answers, Surroundings surroundings) {
        var status = status(verdict);
        var members = new LinkedHashMap<String, Object>();
        members.put("status", status.word());
        var message = "";
        if (verdict instanceof Valid valid) {
            members.put("id", valid.id());
            members.put("subject", valid.subject());
            members.put("scopes", valid.scopes());
            members.put("issued_at", valid.issuedAt().toString());
            members.put("expires_at", valid.expiresAt().toString());
            message = valid.id() + " speaks for " + Answers.printable(valid.subject()) + " until " + valid.expiresAt()
                    + (valid.scope().isEmpty() ? ", may nothing" : ", may " + valid.scope());
        } else if (verdict instanceof Expired expired) {
            members.put("id", expired.id());
            members.put("expires_at", expired.expiresAt().toString());
            message = expired.id() + " was valid until " + expired.expiresAt();
        } else if (verdict instanceof Revoked revoked) {
            members.put("id", revoked.id());
            message = revoked.id() + (revoked.rotated() ? " was replaced" : " was taken back");
        } else if (verdict instanceof Rejected rejected) {
            members.put("reason", rejected.reason().name());
            message = rejected.reason().sentence();
        } else {
            message = "revocations cannot be heard; countermark doctor says why";
        }
        surroundings
                .out()
                .println(
                        answers.asJson()
                                ? Answers.jsonLine(members)
                                : Answers.word(status, surroundings) + ": " + message);
        return status.exitCode();
    }

    private static Status status(ApiTokenVerdict verdict) {
        if (verdict instanceof Valid) {
            return Status.VALID;
        } else if (verdict instanceof Expired) {
            return Status.EXPIRED;
        } else if (verdict instanceof Revoked) {
            return Status.REVOKED;
        }
        return verdict instanceof Rejected ? Status.REJECTED : Status.UNAVAILABLE;
    }

    /** A new token: its text, shown once. */
    static int issued(IssuedToken issued, Answers answers, Surroundings surroundings) {
        if (answers.asJson()) {
            var members = new LinkedHashMap<String, Object>();
            members.put("token", issued.text());
            members.putAll(members(issued.token()));
            surroundings.out().println(Answers.jsonLine(members));
        } else {
            surroundings.out().println(issued.text());
            surroundings.note("issued " + issued.token().id() + ", valid until "
                    + issued.token().expiresAt());
        }
        return ExitCode.OK;
    }

    /** The record as members of a JSON object. */
    static Map<String, Object> members(ApiToken token) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", token.id());
        members.put("subject", token.subject());
        members.put("name", token.name());
        members.put("scopes", token.scopes());
        members.put("metadata", token.metadata());
        members.put("state", state(token));
        members.put("issued_at", token.issuedAt().toString());
        members.put("expires_at", token.expiresAt().toString());
        members.put("ends_at", token.endsAt().toString());
        token.lastUsedAt().ifPresent(time -> members.put("last_used_at", time.toString()));
        members.put("key", token.keyFingerprint());
        token.replaces().ifPresent(id -> members.put("replaces", id));
        token.replacedBy().ifPresent(id -> members.put("replaced_by", id));
        return members;
    }

    private static String state(ApiToken token) {
        return token.state().name().toLowerCase(Locale.ROOT);
    }

    static void printLine(ApiToken token, Answers answers, Surroundings surroundings) {
        surroundings
                .out()
                .println(
                        answers.asJson()
                                ? Answers.jsonLine(members(token))
                                : token.id() + "  " + Answers.column(state(token), 9) + token.endsAt() + "  "
                                        + Answers.column(Answers.printable(token.subject()), 20)
                                        + Answers.column(Answers.printable(token.name()), 20)
                                        + String.join(" ", token.scopes()));
    }

    static void printWhole(ApiToken token, Answers answers, Surroundings surroundings) {
        if (answers.asJson()) {
            surroundings.out().println(Answers.jsonLine(members(token)));
        } else {
            members(token)
                    .forEach((name, value) -> surroundings
                            .out()
                            .println(Answers.column(name, 14) + Answers.printable(String.valueOf(value))));
        }
    }
}
