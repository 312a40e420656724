package dev.countermark.cli.formats;

import dev.countermark.frameworks.DjangoMessages.Message;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Django's messages as the command shows them: {@code [{"level":20,"text":"Saved","safe":true,"tags":"shop"}]}. */
final class DjangoMessageList {

    private static final String WANTED =
            "messages are a list, for instance '[{\"level\":20,\"text\":\"Saved\"}]'; safe and tags can be added";

    private DjangoMessageList() {}

    /** @throws IllegalArgumentException if it is no such list */
    static List<Message> read(String value) {
        var list = JsonText.read(value);
        if (!list.isArray()) {
            throw new IllegalArgumentException(WANTED);
        }
        var messages = new ArrayList<Message>();
        list.forEach(item -> messages.add(message(item)));
        return messages;
    }

    private static Message message(JsonNode item) {
        var level = item.path("level");
        var text = item.path("text");
        var safe = item.path("safe");
        var tags = item.path("tags");
        boolean right = item.isObject()
                && level.canConvertToInt()
                && text.isString()
                && (safe.isMissingNode() || safe.isBoolean())
                && (tags.isMissingNode() || tags.isString());
        if (!right) {
            throw new IllegalArgumentException(WANTED);
        }
        return new Message(level.intValue(), text.stringValue(), safe.booleanValue(false), tags.stringValue(null));
    }

    static String text(List<Message> messages) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var message : messages) {
            var item = list.addObject().put("level", message.level()).put("text", message.text());
            if (message.safe()) {
                item.put("safe", true);
            }
            if (message.tags() != null) {
                item.put("tags", message.tags());
            }
        }
        return JsonText.write(list);
    }
}
