package dev.countermark.cli.conform;

/** Formats that are asked about and answered alike. Implementations have no state. */
interface FormatFamily {

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
