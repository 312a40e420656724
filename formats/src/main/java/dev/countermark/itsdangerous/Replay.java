package dev.countermark.itsdangerous;

import dev.countermark.Detail;
import dev.countermark.Terms;
import java.util.Optional;

/** A refused token to be read once more as Python reads it, value included, should somebody ask what Python says. */
record Replay(PythonFormat format, byte[] text, long now, Terms terms) implements Detail {

    @Override
    public Optional<Detail> resolved() {
        var reading = PythonReader.read(format, text, now, terms);
        var detail = reading.reason() == null ? format.payloadRefused(reading) : reading.detail();
        return Optional.ofNullable(detail).flatMap(Detail::resolved);
    }

    @Override
    public String toString() {
        return "Replay";
    }
}
