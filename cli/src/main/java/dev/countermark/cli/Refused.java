package dev.countermark.cli;

/** Exit code of what a store refuses: the same as for a token that is rejected. */
final class Refused {

    static final int EXIT_CODE = 1;

    private Refused() {}
}
