package dev.countermark.json;

import java.util.Objects;

/** Thrown for a text that is not JSON, or one that Python reads and we refuse. Its message holds nothing of the text. */
public final class UnreadableJsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with a text. Everything but the first two Python reads, up to limits of its own. */
    public enum Fault {
        /** It is not JSON. */
        SYNTAX,
        /** Its bytes are not UTF-8. */
        ENCODING,
        /** More than 100 arrays and objects stand one in another. */
        DEPTH,
        /** A number has more than 1,000 characters. */
        NUMBER_LENGTH,
        /** A number is too large for a double. */
        NUMBER_RANGE,
        /** A name has more than 1,024 characters. */
        NAME_LENGTH,
        /** An object has two members of one name. */
        DUPLICATE_MEMBER,
        /** {@code NaN} or an infinity stands where a value should. */
        NOT_FINITE,
        /** A surrogate stands without its other half. */
        LONE_SURROGATE
    }

    /** What is wrong. */
    private final Fault fault;

    UnreadableJsonException(Fault fault, String message) {
        super(message);
        this.fault = Objects.requireNonNull(fault);
    }

    /** What is wrong. */
    public Fault fault() {
        return fault;
    }
}
