package dev.countermark.frameworks;

import dev.countermark.Detail;
import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.itsdangerous.PythonError;
import dev.countermark.json.UnreadableJsonException;
import dev.countermark.json.UnreadableJsonException.Fault;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** itsdangerous' format, where what Python says to a payload depends on tagged JSON rather than plain. */
record FlaskFormat(WireFormat format, ItsDangerous library) implements WireFormat {

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        return format.write(payload, now, lifetime);
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        return format.read(token, now, terms);
    }

    @Override
    public Reading read(byte[] token, long now, Terms terms) {
        return format.read(token, now, terms);
    }

    @Override
    public @Nullable Detail payloadRefused(Reading reading) {
        return reading.reason() == Reason.EXPIRED ? reading.detail() : new Replay(library, reading.payload());
    }

    /** A refused payload, read once more with all liberties should somebody ask what Python says. */
    private record Replay(ItsDangerous library, byte[] payload) implements Detail {

        @Override
        public Optional<Detail> resolved() {
            try {
                TaggedJson.UNBOUNDED.decode(payload);
                return Optional.empty();
            } catch (UnreadableJsonException e) {
                // Python's limit on nesting is far from ours.
                return e.fault() == Fault.DEPTH ? Optional.empty() : Optional.of(badPayload());
            } catch (RuntimeException | StackOverflowError e) {
                return Optional.of(badPayload());
            }
        }

        private PythonError badPayload() {
            return PythonError.of("BadPayload", this::message);
        }

        private String message() {
            var text = "Could not load the payload because an exception occurred on unserializing the data";
            return library == ItsDangerous.V0_24 ? text : text + ".";
        }
    }
}
