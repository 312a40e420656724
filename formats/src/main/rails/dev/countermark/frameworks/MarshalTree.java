package dev.countermark.frameworks;

import java.util.ArrayList;
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

    private final MarshalBytes bytes;
    private final List<MarshalNode> symbols = new ArrayList<>();
    private final List<MarshalNode> objects = new ArrayList<>();
    private MarshalNode root = new MarshalNode('0');

    private MarshalTree(byte[] document) {
        this.bytes = new MarshalBytes(document);
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
            throw new RailsEnvelope.Malformed("not Marshal 4.8");
        }
        var tree = new MarshalTree(document);
        tree.root = tree.node(null, depth).target();
        if (!tree.bytes.areRead()) {
            throw new RailsEnvelope.Malformed("something follows the value");
        }
        return tree;
    }

    /** Whether the value is a hash, of whatever class. */
    static boolean startsWithHash(byte[] document) {
        char type = (char) document[2];
        return type == '{' || type == '}' || type == 'C' || type == 'I' || type == 'e';
    }

    MarshalNode root() {
        return root;
    }

    /** @param owner the node that stands for the same object from further out, or null */
    private MarshalNode node(@Nullable MarshalNode owner, int depth) {
        if (depth > DEPTH) {
            throw new RailsEnvelope.Malformed("nested too deeply");
        }
        var node = new MarshalNode((char) bytes.next());
        switch (node.type()) {
            case '0', 'T', 'F' -> {}
            case 'i' -> number(node);
            case ':' -> symbol(node);
            case ';' -> refer(node, symbols);
            case '@' -> refer(node, objects);
            case 'I' -> withVariables(node, owner, depth);
            case 'e', 'C' -> {
                node.add(symbolNode());
                node.add(node(owner == null ? node : owner, depth + 1));
            }
            case '"', 'f', 'c', 'm', 'M' -> {
                enter(node, owner);
                node.content(bytes.run());
            }
            case '/' -> {
                enter(node, owner);
                int start = bytes.at();
                bytes.run();
                bytes.next();
                node.content(bytes.from(start));
            }
            case 'l' -> {
                enter(node, owner);
                int start = bytes.at();
                bytes.next();
                bytes.skip(2L * bytes.length());
                node.content(bytes.from(start));
            }
            case '[' -> {
                enter(node, owner);
                children(node, bytes.length(), depth);
            }
            case '{' -> {
                enter(node, owner);
                children(node, 2 * bytes.length(), depth);
            }
            case '}' -> {
                enter(node, owner);
                children(node, 2 * bytes.length() + 1, depth);
            }
            case 'o', 'S' -> {
                enter(node, owner);
                node.add(symbolNode());
                variables(node, depth);
            }
            case 'U', 'd' -> {
                enter(node, owner);
                node.add(symbolNode());
                node.add(node(null, depth + 1));
            }
            case 'u' -> {
                node.add(symbolNode());
                node.content(bytes.run());
                // Ruby counts such an object when it is complete, with what stands around it.
                if (owner == null) {
                    objects.add(node);
                }
            }
            default -> throw new RailsEnvelope.Malformed("an unknown type");
        }
        return node;
    }

    private void enter(MarshalNode node, @Nullable MarshalNode owner) {
        objects.add(owner == null ? node : owner);
    }

    private void withVariables(MarshalNode node, @Nullable MarshalNode owner, int depth) {
        var outermost = owner == null ? node : owner;
        if (bytes.isNext(':')) {
            bytes.next();
            var symbol = new MarshalNode(':');
            symbol.content(bytes.run());
            node.add(symbol);
            symbols.add(node);
            variables(node, depth);
            return;
        }
        var object = node(outermost, depth + 1);
        node.add(object);
        variables(node, depth);
        if (object.inner().type() == 'u') {
            objects.add(outermost);
        }
    }

    private void variables(MarshalNode node, int depth) {
        int count = bytes.length();
        for (int i = 0; i < count; i++) {
            node.add(symbolNode());
            node.add(node(null, depth + 1));
        }
    }

    private void children(MarshalNode node, int count, int depth) {
        for (int i = 0; i < count; i++) {
            node.add(node(null, depth + 1));
        }
    }

    /** A name: a symbol, or a reference to one. An object is none, and may not be complete yet. */
    private MarshalNode symbolNode() {
        if (bytes.isNext('@')) {
            throw new RailsEnvelope.Malformed("a name is missing");
        }
        var node = node(null, DEPTH - 2);
        if (node.target().inner().type() != ':') {
            throw new RailsEnvelope.Malformed("a name is missing");
        }
        return node;
    }

    private void symbol(MarshalNode node) {
        symbols.add(node);
        node.content(bytes.run());
    }

    private void refer(MarshalNode node, List<MarshalNode> targets) {
        int index = bytes.length();
        if (index >= targets.size()) {
            throw new RailsEnvelope.Malformed("a reference to nothing");
        }
        node.add(targets.get(index));
    }

    private void number(MarshalNode node) {
        int start = bytes.at();
        bytes.integer();
        node.content(bytes.from(start));
    }
}
