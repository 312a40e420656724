package dev.countermark.itsdangerous;

import dev.countermark.Detail;
import dev.countermark.Terms;
import java.util.Optional;

/** A refused token to be read once more as Python reads it, should somebody ask what Python says. */
record Replay(PythonFormat format, byte[] text, long now, Terms terms) implements Detail {

    @Override
    public Optional<Detail> resolved() {
        return Optional.ofNullable(PythonReader.read(format, text, now, terms).detail());
    }

    @Override
    public String toString() {
        return "Replay";
    }
}
