package dev.countermark.cli.conform;

import dev.countermark.Limits;

/** Formats that are asked about and answered alike. Implementations have no state. */
interface FormatFamily {

    /** Vectors are read whatever their length: the programs that made them have no bounds. */
    Limits NO_LIMITS = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Whether it can answer requests of this format and version. */
    boolean knows(Request request);

    /**
     * Answers one request.
     *
     * @param lenient whether to read as the original does, as far as the library goes along
     * @throws IllegalArgumentException if the settings are refused, or the value to write is; the command then answers
     *     that an error left the call
     */
    Answer answer(Request request, boolean lenient);
}
