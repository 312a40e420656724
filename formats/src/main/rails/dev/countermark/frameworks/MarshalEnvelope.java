package dev.countermark.frameworks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The new envelope of Rails in Ruby's Marshal: {@code {"_rails" => {"data" => value, "exp" => text, "pur" => text}}}.
 *
 * <p>The value stays what it is, bytes: it is cut out and put in by the structure of {@link MarshalTree}, and no object is
 * ever made of it. Source: activesupport 8.0.5.1, {@code messages/metadata.rb}; Ruby 3.3, {@code marshal.c}.
 */
final class MarshalEnvelope {

    /** Hashes around the value, which readers count. */
    private static final int LEVELS = 2;

    private MarshalEnvelope() {}

    static boolean isMarshal(byte[] body) {
        return body.length > 2 && body[0] == 4 && body[1] == 8;
    }

    /**
     * @param symbol whether the purpose was a symbol, whose text is US-ASCII in Ruby where it can be
     * @throws IllegalArgumentException if the value is not the text of one Marshal document, or readers would refuse it
     */
    static byte[] wrap(byte[] value, @Nullable String expiry, @Nullable String purpose, boolean symbol) {
        MarshalTree tree;
        try {
            tree = MarshalTree.of(value, LEVELS);
        } catch (RailsEnvelope.Malformed e) {
            throw new IllegalArgumentException("the value is not the bytes of Ruby's Marshal.dump: " + e.getMessage());
        }
        var writer = new MarshalWriter();
        writer.hash(1);
        writer.key("_rails");
        writer.hash(1 + (expiry == null ? 0 : 1) + (purpose == null ? 0 : 1));
        writer.key("data");
        writer.node(tree.root());
        if (expiry != null) {
            writer.key("exp");
            writer.string(expiry, true);
        }
        if (purpose != null) {
            writer.key("pur");
            writer.string(purpose, !symbol || purpose.chars().anyMatch(c -> c > 0x7f));
        }
        return writer.bytes();
    }

    /** @throws RailsEnvelope.Malformed if it is a hash that cannot be taken apart, or an envelope without sense */
    static RailsEnvelope of(byte[] body, boolean lenient) {
        if (!MarshalTree.startsWithHash(body)) {
            return new RailsEnvelope(body, false, null, "");
        }
        var members = member(MarshalTree.of(body).root(), "_rails");
        if (members == null) {
            return new RailsEnvelope(body, false, null, "");
        }
        if (!members.inner().isHash()) {
            throw new RailsEnvelope.Malformed("not an envelope");
        }
        var data = member(members, "data");
        if (data == null && !lenient) {
            throw new RailsEnvelope.Malformed("an envelope without a value");
        }
        var writer = new MarshalWriter();
        if (data == null) {
            writer.nil();
        } else {
            writer.node(data);
        }
        var purpose = member(members, "pur");
        var text = purpose == null ? "" : purpose.text();
        if (text == null) {
            throw new RailsEnvelope.Malformed("a purpose that is no text");
        }
        return new RailsEnvelope(writer.bytes(), true, expiry(member(members, "exp")), text);
    }

    private static @Nullable String expiry(@Nullable MarshalNode expiry) {
        if (expiry == null || expiry.isFalsy()) {
            return null;
        }
        var text = expiry.text();
        return text == null ? "" : text;
    }

    /** The value of the last member with this name, as Ruby has it; null where there is none. */
    private static @Nullable MarshalNode member(MarshalNode hash, String name) {
        List<MarshalNode> children = hash.inner().children();
        MarshalNode found = null;
        for (int i = 0; i + 1 < children.size(); i += 2) {
            var key = children.get(i).target();
            if (key.inner().type() == '"'
                    && name.equals(new String(key.inner().content(), StandardCharsets.ISO_8859_1))) {
                found = children.get(i + 1).target();
            }
        }
        return found;
    }
}
