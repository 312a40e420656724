package dev.countermark.cli.terminal;

/** What the command's exit codes mean beyond those of verdicts; numbers from 64 on are those of {@code sysexits.h}. */
public final class ExitCode {

    /** All is well. */
    public static final int OK = 0;

    /** A store refuses a change; the same as for a token that is rejected. */
    public static final int REFUSED = 1;

    /** The command line was wrong, or something it names. */
    public static final int USAGE = 64;

    /** Something that was needed does not answer. */
    public static final int UNAVAILABLE = 69;

    /** A mistake of ours. */
    public static final int SOFTWARE = 70;

    private ExitCode() {}
}
