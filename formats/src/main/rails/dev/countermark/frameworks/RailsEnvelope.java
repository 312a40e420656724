package dev.countermark.frameworks;

import dev.countermark.json.PythonJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Rails wraps around a value that has a purpose or an expiry, taken off; or the value alone.
 *
 * <p>The old envelope is JSON around the base64 of the serialized value, the new one is serialized together with the value.
 * Source: activesupport 6.1.7 and 8.0.5.1, {@code messages/metadata.rb}.
 *
 * @param value serialized; null where an envelope holds none that can be read
 * @param wrapped whether there was an envelope
 * @param expiry as it stands there; null for none
 * @param purpose as Ruby's {@code to_s} shows it; empty for none
 */
record RailsEnvelope(
        byte @Nullable [] value, boolean wrapped, @Nullable String expiry, String purpose) {

    private static final PythonJson JSON = PythonJson.standard().compact().unescaped();
    private static final String OLD_START = "{\"_rails\":{\"message\":";
    private static final String MEMBER = "\"_rails\"";
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    /** Thrown for a body that is no envelope and no value either. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * What is signed for a value.
     *
     * @throws IllegalArgumentException if the expiry has no text in four digits of a year, or readers would refuse the value or
     *     take it for another
     */
    static byte[] wrap(byte[] value, RailsSettings settings) {
        if (settings.serializer() == RailsSerializer.MARSHAL && !MarshalEnvelope.isMarshal(value)) {
            throw new IllegalArgumentException("the value is not the bytes of Ruby's Marshal.dump");
        }
        var expiresAt = settings.expiresAt();
        if (expiresAt == null && settings.purpose() == null) {
            return alone(value, settings);
        }
        if (expiresAt != null && (expiresAt.isBefore(Instant.EPOCH) || !expiresAt.isBefore(END))) {
            throw outOfRange();
        }
        var expiry = expiresAt == null ? null : MILLISECONDS.format(expiresAt);
        if (!settings.writesNewEnvelope()) {
            var json = ForeignJson.ACTIVE_SUPPORT;
            return WellFormed.utf8("{\"_rails\":{\"message\":\"" + StrictBase64.encode(value, false)
                    + "\",\"exp\":" + (expiry == null ? "null" : json.quoted(expiry))
                    + ",\"pur\":" + (settings.purpose() == null ? "null" : json.quoted(settings.purpose())) + "}}");
        }
        if (settings.serializer() == RailsSerializer.MARSHAL) {
            return MarshalEnvelope.wrap(value, expiry, settings.purpose(), settings.symbol());
        }
        var json = settings.serializer().json();
        return readable(WellFormed.utf8("{\"_rails\":{\"data\":" + new String(value, StandardCharsets.UTF_8)
                + (expiry == null ? "" : ",\"exp\":" + json.quoted(expiry))
                + (settings.purpose() == null ? "" : ",\"pur\":" + json.quoted(settings.purpose())) + "}}"));
    }

    static IllegalArgumentException outOfRange() {
        return new IllegalArgumentException("an expiry lies between 1970 and the year 10000");
    }

    /** A value without an envelope, where readers find neither one in it nor something that they refuse. */
    private static byte[] alone(byte[] value, RailsSettings settings) {
        // JSON is written here with no escape in that name, so without it there is nothing to find.
        if (settings.serializer().isJson() && !new String(value, StandardCharsets.ISO_8859_1).contains(MEMBER)) {
            return value;
        }
        RailsEnvelope found;
        try {
            found = of(value, settings);
        } catch (Malformed e) {
            throw new IllegalArgumentException("readers would refuse the value: " + e.getMessage(), e);
        }
        if (found.wrapped()) {
            // Whoever chooses the members of a value would choose its purpose and its expiry as well.
            throw new IllegalArgumentException(
                    "readers would take the value's member _rails for the envelope around another; sign it for a purpose");
        }
        return value;
    }

    /** An envelope is two levels around its value, which readers count. */
    private static byte[] readable(byte[] envelope) {
        try {
            JSON.decode(envelope);
            return envelope;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("readers would refuse the value in its envelope: " + e.getMessage(), e);
        }
    }

    /** @throws Malformed if it is neither */
    static RailsEnvelope of(byte[] body, RailsSettings settings) {
        boolean telling = settings.release().isTelling();
        if (settings.serializer() == RailsSerializer.MARSHAL && MarshalEnvelope.isMarshal(body)) {
            return telling ? MarshalEnvelope.of(body, settings.lenient()) : bare(body);
        }
        var text = new String(body, StandardCharsets.ISO_8859_1);
        boolean old = text.startsWith(OLD_START);
        boolean anyJson = telling ? settings.serializer() != RailsSerializer.NONE : text.contains(MEMBER);
        if (!old && !anyJson) {
            return bare(body);
        }
        JsonNode tree;
        try {
            tree = JSON.decode(body);
        } catch (IllegalArgumentException e) {
            if (settings.serializer() == RailsSerializer.NONE
                    && !text.stripLeading().startsWith("{")) {
                return bare(body);
            }
            throw new Malformed("not JSON");
        }
        if (!tree.isObject() || !tree.has("_rails")) {
            return bare(body);
        }
        var members = tree.get("_rails");
        if (!members.isObject()) {
            throw new Malformed("not an envelope");
        }
        if (!settings.lenient() && (tree.size() > 1 || body[0] != '{')) {
            throw new Malformed("not an envelope as Rails writes it");
        }
        var value = old || !telling ? message(members) : data(members, settings);
        return new RailsEnvelope(value, true, text(members.get("exp")), purpose(members.get("pur")));
    }

    private static RailsEnvelope bare(byte[] body) {
        return new RailsEnvelope(body, false, null, "");
    }

    private static byte @Nullable [] message(JsonNode members) {
        var message = members.get("message");
        return message == null || !message.isString() ? null : StrictBase64.strictOrNull(message.stringValue());
    }

    private static byte[] data(JsonNode members, RailsSettings settings) {
        var data = members.get("data");
        if (data == null) {
            if (settings.lenient()) {
                return ascii("null");
            }
            throw new Malformed("an envelope without a value");
        }
        return settings.serializer().json().encode(data);
    }

    private static @Nullable String text(@Nullable JsonNode expiry) {
        if (expiry == null || expiry.isNull()) {
            return null;
        }
        // A number or false is no time in Ruby either; no text here is the time that it is not.
        return expiry.isString() ? expiry.stringValue() : "";
    }

    private static String purpose(@Nullable JsonNode purpose) {
        if (purpose == null || purpose.isNull()) {
            return "";
        }
        if (purpose.isString()) {
            return purpose.stringValue();
        }
        throw new Malformed("a purpose that is no text");
    }

    /** The time that the expiry names; null where that is none. Without a zone it would be the server's: refused. */
    @Nullable
    Instant expiresAt() {
        try {
            return expiry == null ? null : OffsetDateTime.parse(expiry).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
