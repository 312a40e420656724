package dev.countermark.frameworks;

import java.util.Set;

/**
 * The names by which {@link TaggedJson} says what JSON lacks.
 *
 * <p>Source: Flask 3.1.3, {@code json/tag.py}, the {@code key} of each tag.
 */
final class JsonTags {

    static final String DICT = " di";
    static final String TUPLE = " t";
    static final String BYTES = " b";
    static final String MARKUP = " m";
    static final String UNIQUE_ID = " u";
    static final String DATE = " d";

    static final Set<String> ALL = Set.of(DICT, TUPLE, BYTES, MARKUP, UNIQUE_ID, DATE);

    /** What stands behind the name of a lone member that would otherwise read as a tag. */
    static final String SUFFIX = "__";

    private JsonTags() {}
}
