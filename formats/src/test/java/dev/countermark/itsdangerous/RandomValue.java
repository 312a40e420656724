package dev.countermark.itsdangerous;

import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Texts and JSON of all kinds from a seeded generator. */
final class RandomValue {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RandomValue() {}

    static JsonNode json(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> NODES.numberNode(random.nextLong() >> random.nextInt(64));
            case 1 -> NODES.numberNode(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.nullNode();
            case 4 -> NODES.stringNode(text(random));
            case 5 -> {
                var array = NODES.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(json(random, depth + 1));
                }
                yield array;
            }
            default -> {
                var object = NODES.objectNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set(text(random), json(random, depth + 1));
                }
                yield object;
            }
        };
    }

    /** Half of them ASCII; some long and dull, so that compressing them helps. */
    static String text(Random random) {
        if (random.nextInt(8) == 0) {
            return "foobar ".repeat(random.nextInt(20));
        }
        int limit = random.nextBoolean() ? 0x7f : 0x10ffff;
        return random.ints(random.nextInt(30), 0, limit)
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
