package dev.countermark.frameworks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document of Ruby's Marshal 4.8, see {@link MarshalTree}: a type, some bytes and what is below it.
 *
 * <p>A string with its encoding is a node of type {@code I}, whose first child is the string and the others names and
 * values. A reference has its target for its only child.
 */
final class MarshalNode {

    private final char type;
    private final List<MarshalNode> children = new ArrayList<>();
    private byte[] content = {};

    MarshalNode(char type) {
        this.type = type;
    }

    char type() {
        return type;
    }

    List<MarshalNode> children() {
        return children;
    }

    /** Puts one behind the others. */
    void add(MarshalNode child) {
        children.add(child);
    }

    /** What stands between the type and the children: a string's bytes, a number's digits. */
    byte[] content() {
        return content;
    }

    void content(byte[] content) {
        this.content = content;
    }

    /** What a reference refers to, else itself. */
    MarshalNode target() {
        return type == '@' || type == ';' ? children.get(0) : this;
    }

    /** Itself without what says its encoding, module or subclass. */
    MarshalNode inner() {
        return switch (type) {
            case 'I' -> children.get(0).inner();
            case 'e', 'C' -> children.get(1).inner();
            default -> this;
        };
    }

    boolean isHash() {
        return type == '{' || type == '}';
    }

    boolean isFalsy() {
        return type == '0' || type == 'F';
    }

    /** The text of a string or symbol, empty for nil; null for anything else. */
    @Nullable
    String text() {
        var inner = inner();
        return switch (inner.type) {
            case '0' -> "";
            case '"', ':' -> new String(inner.content, StandardCharsets.UTF_8);
            default -> null;
        };
    }
}
