package dev.countermark.itsdangerous;

/** The second that the number in a token counts from. */
enum Epoch {
    /** 1970-01-01T00:00:00Z: itsdangerous 1.0.0 and later. */
    UNIX,
    /** 2011-01-01T00:00:00Z: itsdangerous 0.12 to 0.24, {@code itsdangerous.py}, {@code EPOCH}. */
    YEAR_2011,
    /**
     * Either, told apart by the number: below the start of 2011 it counts from 2011, since the library, first released
     * that year, cannot have counted so few seconds from 1970; from there on it counts from 1970, since a release that
     * counts from 2011 writes so large a number only from 2052 on. After that such a token looks 41 years old: refused,
     * never made younger.
     */
    EITHER;

    static final long START_OF_2011 = 1_293_840_000L;

    /** Seconds since 1970 of a number in a token. */
    long toUnix(long number) {
        boolean from2011 = this == YEAR_2011 || this == EITHER && number < START_OF_2011;
        return from2011 ? number + START_OF_2011 : number;
    }
}
