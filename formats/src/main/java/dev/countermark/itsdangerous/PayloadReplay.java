package dev.countermark.itsdangerous;

import dev.countermark.Detail;
import dev.countermark.json.PythonJson;
import dev.countermark.json.UnreadableJsonException;
import dev.countermark.json.UnreadableJsonException.Fault;
import java.util.Optional;

/** A refused payload to be read once more as Python reads it, should somebody ask what Python says. */
record PayloadReplay(ItsDangerous release, byte[] payload) implements Detail {

    @Override
    public Optional<Detail> resolved() {
        try {
            PythonJson.standard().unbounded().decode(payload);
            return Optional.empty();
        } catch (UnreadableJsonException e) {
            // Python goes deeper, how deep depends on its stack.
            return e.fault() == Fault.DEPTH
                    ? Optional.empty()
                    : Optional.of(PythonError.of("BadPayload", release::cannotLoad));
        }
    }

    @Override
    public String toString() {
        return "PayloadReplay";
    }
}
