package dev.countermark.frameworks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The structure of one document of Ruby's Marshal 4.8: which bytes belong together, and what they refer to.
 *
 * <p>Nothing is loaded: classes are names, objects are members, and no more is made of them. At most 100 deep.
 *
 * <p>Source: Ruby 3.3, {@code marshal.c}, {@code r_object}; {@code doc/marshal.rdoc}.
 */
final class MarshalTree {

    private static final int DEPTH = 100;

    /**
     * A part of a document.
     *
     * <p>A string with its encoding is a node of type {@code I}, whose first child is the string and the others names and
     * values. A reference has its target for its only child.
     */
    static final class Node {

        private final char type;
        private final List<Node> children = new ArrayList<>();
        private byte[] content = {};

        private Node(char type) {
            this.type = type;
        }

        char type() {
            return type;
        }

        List<Node> children() {
            return children;
        }

        /** What stands between the type and the children: a string's bytes, a number's digits. */
        byte[] content() {
            return content;
        }

        /** What a reference refers to, else itself. */
        Node target() {
            return type == '@' || type == ';' ? children.get(0) : this;
        }

        /** Itself without what says its encoding, module or subclass. */
        Node inner() {
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

    private final byte[] document;
    private final List<Node> symbols = new ArrayList<>();
    private final List<Node> objects = new ArrayList<>();
    private int at = 2;
    private Node root = new Node('0');

    private MarshalTree(byte[] document) {
        this.document = document;
    }

    /** @throws RailsEnvelope.Malformed if it is not one whole document, or nested too deeply */
    static MarshalTree of(byte[] document) {
        return of(document, 0);
    }

    /**
     * As {@link #of(byte[])}, for a document that stands in another.
     *
     * @param depth how many levels are around it
     */
    static MarshalTree of(byte[] document, int depth) {
        if (!MarshalEnvelope.isMarshal(document)) {
            throw malformed("not Marshal 4.8");
        }
        var tree = new MarshalTree(document);
        tree.root = tree.node(null, depth).target();
        if (tree.at != document.length) {
            throw malformed("something follows the value");
        }
        return tree;
    }

    /** Whether the value is a hash, of whatever class. */
    static boolean startsWithHash(byte[] document) {
        char type = (char) document[2];
        return type == '{' || type == '}' || type == 'C' || type == 'I' || type == 'e';
    }

    Node root() {
        return root;
    }

    /** @param owner the node that stands for the same object from further out, or null */
    private Node node(@Nullable Node owner, int depth) {
        if (depth > DEPTH) {
            throw malformed("nested too deeply");
        }
        var node = new Node((char) next());
        switch (node.type) {
            case '0', 'T', 'F' -> {}
            case 'i' -> number(node);
            case ':' -> symbol(node);
            case ';' -> refer(node, symbols);
            case '@' -> refer(node, objects);
            case 'I' -> withVariables(node, owner, depth);
            case 'e', 'C' -> {
                node.children.add(symbolNode());
                node.children.add(node(owner == null ? node : owner, depth + 1));
            }
            case '"', 'f', 'c', 'm', 'M' -> {
                enter(node, owner);
                node.content = bytes();
            }
            case '/' -> {
                enter(node, owner);
                int start = at;
                bytes();
                next();
                node.content = Arrays.copyOfRange(document, start, at);
            }
            case 'l' -> {
                enter(node, owner);
                int start = at;
                next();
                skip(2L * length());
                node.content = Arrays.copyOfRange(document, start, at);
            }
            case '[' -> {
                enter(node, owner);
                children(node, length(), depth);
            }
            case '{' -> {
                enter(node, owner);
                children(node, 2 * length(), depth);
            }
            case '}' -> {
                enter(node, owner);
                children(node, 2 * length() + 1, depth);
            }
            case 'o', 'S' -> {
                enter(node, owner);
                node.children.add(symbolNode());
                variables(node, depth);
            }
            case 'U', 'd' -> {
                enter(node, owner);
                node.children.add(symbolNode());
                node.children.add(node(null, depth + 1));
            }
            case 'u' -> {
                node.children.add(symbolNode());
                node.content = bytes();
                // Ruby counts such an object when it is complete, with what stands around it.
                if (owner == null) {
                    objects.add(node);
                }
            }
            default -> throw malformed("an unknown type");
        }
        return node;
    }

    private void enter(Node node, @Nullable Node owner) {
        objects.add(owner == null ? node : owner);
    }

    private void withVariables(Node node, @Nullable Node owner, int depth) {
        var outermost = owner == null ? node : owner;
        if (at < document.length && document[at] == ':') {
            at++;
            var symbol = new Node(':');
            symbol.content = bytes();
            node.children.add(symbol);
            symbols.add(node);
            variables(node, depth);
            return;
        }
        var object = node(outermost, depth + 1);
        node.children.add(object);
        variables(node, depth);
        if (object.inner().type == 'u') {
            objects.add(outermost);
        }
    }

    private void variables(Node node, int depth) {
        int count = length();
        for (int i = 0; i < count; i++) {
            node.children.add(symbolNode());
            node.children.add(node(null, depth + 1));
        }
    }

    private void children(Node node, int count, int depth) {
        for (int i = 0; i < count; i++) {
            node.children.add(node(null, depth + 1));
        }
    }

    /** A name: a symbol, or a reference to one. An object is none, and may not be complete yet. */
    private Node symbolNode() {
        if (at < document.length && document[at] == '@') {
            throw malformed("a name is missing");
        }
        var node = node(null, DEPTH - 2);
        if (node.target().inner().type != ':') {
            throw malformed("a name is missing");
        }
        return node;
    }

    private void symbol(Node node) {
        symbols.add(node);
        node.content = bytes();
    }

    private void refer(Node node, List<Node> targets) {
        int index = length();
        if (index >= targets.size()) {
            throw malformed("a reference to nothing");
        }
        node.children.add(targets.get(index));
    }

    private void number(Node node) {
        int start = at;
        integer();
        node.content = Arrays.copyOfRange(document, start, at);
    }

    private byte[] bytes() {
        int length = length();
        int start = at;
        skip(length);
        return Arrays.copyOfRange(document, start, at);
    }

    /** A count, or a length, or an index: never more than there are bytes. */
    private int length() {
        int length = integer();
        if (length < 0 || length > document.length) {
            throw malformed("a length that cannot be");
        }
        return length;
    }

    private int integer() {
        int first = next();
        if (first > 4) {
            return first - 5;
        }
        if (first < -4) {
            return first + 5;
        }
        int value = 0;
        for (int i = 0; i < Math.abs(first); i++) {
            value |= (next() & 0xff) << 8 * i;
        }
        // How far below zero does not matter: no length is, and a number's bytes are kept as they stand.
        return first < 0 ? -1 : value;
    }

    private void skip(long length) {
        if (length > document.length - at) {
            throw malformed("cut short");
        }
        at += (int) length;
    }

    private int next() {
        skip(1);
        return document[at - 1];
    }

    private static RailsEnvelope.Malformed malformed(String why) {
        return new RailsEnvelope.Malformed(why);
    }
}
