package dev.countermark.json;

import dev.countermark.Codec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;

/** Trees, without binding. */
enum TreeCodec implements Codec<JsonNode> {
    INSTANCE;

    private static final ObjectWriter WRITER = StrictMapper.INSTANCE.writerFor(JsonNode.class);

    @Override
    public byte[] encode(JsonNode value) {
        return JacksonCodec.write(WRITER, value, "tree");
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        return JsonReader.read(Unicode.text(bytes), Dialect.STRICT);
    }
}
