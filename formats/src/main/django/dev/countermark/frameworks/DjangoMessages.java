package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Body;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The cookie {@code messages} in which Django keeps notices for the next page.
 *
 * <p>Keys: {@code SECRET_KEY}, accepting {@code SECRET_KEY_FALLBACKS}. Nothing expires here. The mark that Django leaves
 * behind messages that did not fit is passed over. Source: Django 3.2 to 5.2, {@code contrib/messages/storage/cookie.py};
 * releases before 3.2 wrote another form. Immutable and safe for many threads.
 */
public final class DjangoMessages {

    private static final String SALT = "django.contrib.messages";
    private static final String KEY = "__json_message";

    private final DjangoSettings settings;
    private final Limits limits;
    private final DatedTokens<List<Message>> tokens;

    /**
     * A notice.
     *
     * @param level 10 debug, 20 info, 25 success, 30 warning, 40 error, or one of the application's
     * @param text of the message
     * @param safe whether the text is HTML that needs no escaping
     * @param tags {@code extra_tags}, or null
     */
    public record Message(
            int level, String text, boolean safe, @Nullable String tags) {}

    private DjangoMessages(DjangoSettings settings, Limits limits) {
        this.settings = settings;
        this.limits = limits;
        this.tokens = DatedTokens.of(
                        new DjangoFormat(settings),
                        new MessageCodec(settings.lenient() ? LatinJson.LENIENT : LatinJson.STRICT))
                .clock(settings.clock())
                .limits(limits);
    }

    /** Messages of the latest release. */
    public static DjangoMessages of(Keyring keys) {
        var settings =
                DjangoSettings.of(keys, SALT).keyPrefix(DjangoCookie.KEY_PREFIX).body(Body.URL_SAFE_COMPRESSED);
        return new DjangoMessages(settings, Limits.DEFAULT);
    }

    /** The same of another release, from 3.2 on. */
    public DjangoMessages release(DjangoRelease release) {
        return new DjangoMessages(settings.release(release), limits);
    }

    /** The same, reading all that Django reads: other spellings of body and date, dates to come, lax JSON. */
    public DjangoMessages lenient() {
        return new DjangoMessages(settings.asLenient(), limits);
    }

    /** The same by another clock; the default is the system's. */
    public DjangoMessages clock(Clock clock) {
        return new DjangoMessages(settings.clock(clock), limits);
    }

    /** The same under other limits of size. */
    public DjangoMessages limits(Limits limits) {
        return new DjangoMessages(settings, limits);
    }

    /** Valid or rejected. */
    public Verdict<List<Message>> check(String cookie) {
        return tokens.check(cookie);
    }

    /**
     * The messages.
     *
     * @throws BadTokenException if no key made the signature, or the messages cannot be read
     */
    public List<Message> read(String cookie) {
        return tokens.verify(cookie);
    }

    /**
     * The cookie's value, dated now.
     *
     * @throws IllegalArgumentException if a text holds a lone surrogate, or all of it is too long for {@link #limits}
     */
    public String write(List<Message> messages) {
        return tokens.sign(messages);
    }

    /** {@code ["__json_message", safe, level, text, tags?]}, in a list. */
    private record MessageCodec(LatinJson json) implements Codec<List<Message>> {

        @Override
        public byte[] encode(List<Message> messages) {
            var list = JsonNodeFactory.instance.arrayNode();
            for (var message : messages) {
                var item = list.addArray().add(KEY).add(message.safe() ? 1 : 0);
                item.add(message.level()).add(message.text());
                if (message.tags() != null) {
                    item.add(message.tags());
                }
            }
            return json.encode(list);
        }

        @Override
        public List<Message> decode(byte[] bytes) {
            var messages = new ArrayList<Message>();
            for (var item : json.decode(bytes).asArray()) {
                if (item.isArray()) {
                    messages.add(message(item));
                }
            }
            return List.copyOf(messages);
        }

        private static Message message(JsonNode item) {
            if (!item.path(0).asString().equals(KEY) || item.size() < 4 || item.size() > 5) {
                throw new IllegalArgumentException("this is no message");
            }
            var tags = item.path(4);
            return new Message(
                    item.get(2).intValue(),
                    item.get(3).stringValue(),
                    item.get(1).asInt() != 0,
                    tags.isString() ? tags.stringValue() : null);
        }
    }

    @Override
    public String toString() {
        return "DjangoMessages[" + settings + "]";
    }
}
