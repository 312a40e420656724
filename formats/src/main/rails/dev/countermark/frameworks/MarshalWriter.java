package dev.countermark.frameworks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One document of Ruby's Marshal 4.8, put together from parts of others: what is written a second time becomes a
 * reference, with the numbers that Ruby would give.
 *
 * <p>Source: Ruby 3.3, {@code marshal.c}, {@code w_object}, {@code w_symbol}.
 */
final class MarshalWriter {

    private static final String ENCODING = "E";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    private final Map<String, Integer> symbols = new HashMap<>();
    private final IdentityHashMap<MarshalNode, Integer> objects = new IdentityHashMap<>();
    private final Map<String, Integer> ownKeys = new HashMap<>();
    private final Map<String, Integer> foreignKeys = new HashMap<>();
    private int count;

    MarshalWriter() {
        out.write(4);
        out.write(8);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    void nil() {
        out.write('0');
    }

    /** The start of a hash of {@code members} members. */
    void hash(int members) {
        count++;
        out.write('{');
        integer(members);
    }

    /** A key of text. Ruby keeps one string for all keys with one text. */
    void key(String text) {
        var earlier = foreignKeys.get(text);
        if (earlier != null) {
            reference('@', earlier);
            return;
        }
        ownKeys.put(text, count);
        string(text, true);
    }

    /** A string in UTF-8, or else in US-ASCII. */
    void string(String text, boolean utf8) {
        count++;
        out.write('I');
        out.write('"');
        bytes(WellFormed.utf8(text));
        integer(1);
        symbol(ENCODING, ENCODING.getBytes(StandardCharsets.US_ASCII), null);
        out.write(utf8 ? 'T' : 'F');
    }

    /** A part of another document, with all that it refers to there. */
    void node(MarshalNode node) {
        node(node.target(), null);
    }

    private void node(MarshalNode node, @Nullable MarshalNode owner) {
        var earlier = owner == null ? objects.get(node) : null;
        if (earlier != null) {
            reference('@', earlier);
            return;
        }
        if (node.inner().type() == ':') {
            symbol(symbolName(node), node.inner().content(), node.type() == 'I' ? node : null);
            return;
        }
        var self = owner == null ? node : owner;
        switch (node.type()) {
            case '0', 'T', 'F' -> out.write(node.type());
            case 'i' -> plain(node);
            case '"', 'f', 'c', 'm', 'M' -> {
                enter(self);
                out.write(node.type());
                bytes(node.content());
            }
            case '/', 'l' -> {
                enter(self);
                plain(node);
            }
            case '[' -> {
                enter(self);
                out.write('[');
                integer(node.children().size());
                node.children().forEach(this::node);
            }
            case '{', '}' -> hash(node, self);
            case 'o', 'S' -> {
                enter(self);
                out.write(node.type());
                node(node.children().get(0));
                variables(node);
            }
            case 'U', 'd' -> {
                enter(self);
                out.write(node.type());
                node.children().forEach(this::node);
            }
            case 'u' -> {
                out.write('u');
                node(node.children().get(0));
                bytes(node.content());
                if (owner == null) {
                    enter(self);
                }
            }
            case 'e', 'C' -> {
                out.write(node.type());
                node(node.children().get(0));
                node(node.children().get(1).target(), self);
            }
            case 'I' -> {
                out.write('I');
                node(node.children().get(0), self);
                variables(node);
                if (node.inner().type() == 'u') {
                    enter(self);
                }
            }
            default -> throw new IllegalStateException("a node of type " + node.type());
        }
    }

    private void hash(MarshalNode node, MarshalNode self) {
        enter(self);
        out.write(node.type());
        var children = node.children();
        integer(children.size() / 2);
        for (int i = 0; i < children.size(); i++) {
            var child = children.get(i).target();
            boolean isKey = i % 2 == 0 && i + 1 < children.size();
            var text = isKey ? keyText(child) : null;
            var earlier = text == null ? null : ownKeys.get(text);
            if (earlier != null) {
                reference('@', earlier);
                continue;
            }
            if (text != null && !objects.containsKey(child)) {
                foreignKeys.putIfAbsent(text, count);
            }
            node(child, null);
        }
    }

    /** The text of a key that Ruby shares with others of the same text: a string in UTF-8 and nothing else. */
    private static @Nullable String keyText(MarshalNode key) {
        if (key.type() != 'I'
                || key.children().size() != 3
                || key.children().get(0).type() != '"') {
            return null;
        }
        boolean utf8 = ENCODING.equals(key.children().get(1).target().text())
                && key.children().get(2).type() == 'T';
        return utf8 ? new String(key.inner().content(), StandardCharsets.UTF_8) : null;
    }

    private void variables(MarshalNode node) {
        var children = node.children();
        integer(children.size() / 2);
        for (int i = 1; i < children.size(); i++) {
            node(children.get(i));
        }
    }

    private void enter(MarshalNode node) {
        objects.put(node, count++);
    }

    private static String symbolName(MarshalNode symbol) {
        var name = new String(symbol.inner().content(), StandardCharsets.ISO_8859_1);
        // A symbol that is not ASCII says its encoding; one name in two encodings is two symbols.
        return symbol.type() == 'I'
                ? name + "\0" + symbol.children().get(2).target().type()
                : name;
    }

    private void symbol(String name, byte[] text, @Nullable MarshalNode withEncoding) {
        var earlier = symbols.get(name);
        if (earlier != null) {
            reference(';', earlier);
            return;
        }
        if (withEncoding != null) {
            out.write('I');
        }
        out.write(':');
        bytes(text);
        symbols.put(name, symbols.size());
        if (withEncoding != null) {
            variables(withEncoding);
        }
    }

    private void plain(MarshalNode node) {
        out.write(node.type());
        out.writeBytes(node.content());
    }

    private void bytes(byte[] bytes) {
        integer(bytes.length);
        out.writeBytes(bytes);
    }

    private void reference(char type, int index) {
        out.write(type);
        integer(index);
    }

    /** Only lengths and indexes, which are not negative. */
    private void integer(int value) {
        if (value == 0) {
            out.write(0);
        } else if (value < 123) {
            out.write(value + 5);
        } else {
            int length = (32 - Integer.numberOfLeadingZeros(value) + 7) / 8;
            out.write(length);
            for (int i = 0; i < length; i++) {
                out.write(value >>> 8 * i);
            }
        }
    }
}
