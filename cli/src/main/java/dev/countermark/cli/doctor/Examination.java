package dev.countermark.cli.doctor;

import dev.countermark.cli.terminal.Answers;
import dev.countermark.cli.terminal.ExitCode;
import dev.countermark.cli.terminal.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** What {@code doctor} has found so far. */
final class Examination {

    /** How bad a finding is. */
    private enum Level {
        OK,
        WARNING,
        PROBLEM
    }

    /**
     * One finding.
     *
     * @param check what was looked at, in one word
     * @param says what is so
     * @param fix what to do; empty where nothing is to be done
     */
    private record Finding(Level level, String check, String says, String fix) {}

    private final List<Finding> findings = new ArrayList<>();

    /** All is well there. */
    void ok(String check, String says) {
        findings.add(new Finding(Level.OK, check, says, ""));
    }

    /** It works, and should be changed all the same. */
    void warn(String check, String says, String fix) {
        findings.add(new Finding(Level.WARNING, check, says, fix));
    }

    /** It does not work, or others can read what they must not. */
    void problem(String check, String says, String fix) {
        findings.add(new Finding(Level.PROBLEM, check, says, fix));
    }

    /** Prints all; answers the exit code: 1 where there is a problem. */
    int print(Answers answers, Surroundings surroundings) {
        for (var finding : findings) {
            var word = finding.level().name().toLowerCase(Locale.ROOT);
            if (answers.asJson()) {
                var members = new LinkedHashMap<String, Object>();
                members.put("check", finding.check());
                members.put("level", word);
                members.put("message", finding.says());
                if (!finding.fix().isEmpty()) {
                    members.put("fix", finding.fix());
                }
                surroundings.out().println(Answers.jsonLine(members));
            } else {
                surroundings
                        .out()
                        .println(Answers.coloured(style(finding.level()), Answers.column(word, 8), surroundings)
                                + Answers.column(finding.check(), 11)
                                + Answers.printable(finding.says()));
                if (!finding.fix().isEmpty()) {
                    surroundings.out().println(" ".repeat(19) + Answers.printable(finding.fix()));
                }
            }
        }
        return findings.stream().anyMatch(finding -> finding.level() == Level.PROBLEM) ? ExitCode.REFUSED : ExitCode.OK;
    }

    private static String style(Level level) {
        return switch (level) {
            case OK -> "green";
            case WARNING -> "yellow";
            case PROBLEM -> "red";
        };
    }
}
