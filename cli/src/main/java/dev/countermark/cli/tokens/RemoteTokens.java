package dev.countermark.cli.tokens;

import dev.countermark.cli.formats.Outcome.Status;
import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import java.time.Instant;
import java.util.LinkedHashMap;
import tools.jackson.databind.JsonNode;

/** How a server's records are shown: as those of a database here, see {@link TokenAnswers}. */
final class RemoteTokens {

    private RemoteTokens() {}

    /** A new token: its text, shown once. */
    static int issued(JsonNode token, Answers answers, Surroundings surroundings) {
        if (answers.asJson()) {
            surroundings.out().println(token);
        } else {
            surroundings.out().println(Answers.printable(Answers.text(token, "token")));
            surroundings.note(
                    "issued " + Answers.text(token, "id") + ", valid until " + Answers.text(token, "expires_at"));
        }
        return ExitCode.OK;
    }

    static void printLine(JsonNode token, Answers answers, Surroundings surroundings) {
        var scopes = new StringBuilder();
        token.path("scopes")
                .forEach(scope ->
                        scopes.append(scopes.isEmpty() ? "" : " ").append(Answers.printable(scope.stringValue(""))));
        surroundings
                .out()
                .println(
                        answers.asJson()
                                ? token.toString()
                                : Answers.text(token, "id") + "  " + Answers.column(Answers.text(token, "state"), 9)
                                        + Answers.text(token, "ends_at") + "  "
                                        + Answers.column(Answers.text(token, "subject"), 20)
                                        + Answers.column(Answers.text(token, "name"), 20) + scopes);
    }

    static void printWhole(JsonNode token, Answers answers, Surroundings surroundings) {
        if (answers.asJson()) {
            surroundings.out().println(token);
            return;
        }
        token.properties()
                .forEach(member -> surroundings
                        .out()
                        .println(Answers.column(Answers.printable(member.getKey()), 14)
                                + Answers.printable(member.getValue()
                                        .asString(member.getValue().toString()))));
    }

    /** A revocation, confirmed by so many nodes where that was waited for. */
    static int revoked(JsonNode confirmation, Answers answers, Surroundings surroundings) {
        var confirmed = confirmation.path("confirmed");
        if (answers.asJson()) {
            surroundings.out().println(confirmation);
        } else {
            surroundings
                    .out()
                    .println(
                            confirmed.isMissingNode()
                                    ? "revoked"
                                    : "revoked; " + confirmed.intValue() + " of "
                                            + confirmation.path("live").intValue() + " nodes have confirmed");
        }
        return ExitCode.OK;
    }

    /** An introspection (RFC 7662). A server does not say why a token is not active. */
    static int verdict(JsonNode answer, Answers answers, Surroundings surroundings) {
        boolean active = answer.path("active").booleanValue(false);
        var status = active ? Status.VALID : Status.REJECTED;
        if (answers.asJson()) {
            var members = new LinkedHashMap<String, Object>();
            members.put("status", status.word());
            if (active) {
                members.put("id", answer.path("jti").stringValue(""));
                members.put("subject", answer.path("sub").stringValue(""));
                members.put("scopes", answer.path("scope").stringValue(""));
                members.put("issued_at", time(answer, "iat"));
                members.put("expires_at", time(answer, "exp"));
            }
            surroundings.out().println(Answers.jsonLine(members));
        } else {
            var scope = Answers.text(answer, "scope");
            surroundings
                    .out()
                    .println(Answers.word(status, surroundings) + ": "
                            + (active
                                    ? Answers.text(answer, "jti") + " speaks for " + Answers.text(answer, "sub")
                                            + " until "
                                            + time(answer, "exp")
                                            + (scope.isEmpty() ? ", may nothing" : ", may " + scope)
                                    : "the server does not accept it, or the token you ask with may not know"));
        }
        return status.exitCode();
    }

    private static String time(JsonNode answer, String member) {
        return Instant.ofEpochSecond(answer.path(member).longValue(0)).toString();
    }
}
