package dev.countermark.itsdangerous;

import dev.countermark.Detail;
import dev.countermark.Terms;
import java.util.Optional;

/** A refused token to be read once more as Python reads it, should somebody ask what Python says. */
record JwsReplay(PythonJwsFormat format, byte[] text, long now, Terms terms) implements Detail {

    @Override
    public Optional<Detail> resolved() {
        var detail = PythonJwsReader.read(format, text, now, terms).detail();
        return Optional.ofNullable(detail instanceof PythonError ? detail : null);
    }

    @Override
    public String toString() {
        return "JwsReplay";
    }
}
