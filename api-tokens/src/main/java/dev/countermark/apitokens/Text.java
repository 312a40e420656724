package dev.countermark.apitokens;

/** Bounds on text that people choose. */
final class Text {

    private Text() {}

    static void require(String text, String what, int shortest, int longest) {
        requireWellFormed(text, what, shortest, longest);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(named(what) + " has no control characters");
        }
    }

    static void requireWellFormed(String text, String what, int shortest, int longest) {
        if (text.length() < shortest || text.length() > longest) {
            throw new IllegalArgumentException(named(what) + " has " + shortest + " to " + longest + " characters");
        }
        requireWellFormed(text, what);
    }

    static void requireWellFormed(String text, String what) {
        // Neither UTF-8 nor a database can write half a character, and PostgreSQL cannot write NUL.
        if (text.codePoints().anyMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException(named(what) + " is well-formed Unicode without NUL");
        }
    }

    private static String named(String what) {
        return ("aeiou".indexOf(what.charAt(0)) < 0 ? "a " : "an ") + what;
    }
}
