package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.latin1;
import static dev.countermark.fuzzing.Wire.utf8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.frameworks.ExpressCookie;
import dev.countermark.frameworks.ExpressSession;
import dev.countermark.frameworks.FlaskSession;
import dev.countermark.frameworks.RailsCookie;
import dev.countermark.frameworks.SetCookie;
import dev.countermark.frameworks.StarletteSession;
import java.net.HttpCookie;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Any text in each part of a cookie: the header has no CR, no LF, and no semicolon but those between its attributes, and
 * reads back as what was meant. Any text in a value that frameworks sign: what is written can stand in a cookie.
 */
class CookieFuzz {

    /** RFC 6265 section 4.1.1. */
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+=(\"?)[!#-+\\--:<-\\[\\]-~]*\\1"
            + "(; Max-Age=[0-9]+)?(; Domain=[A-Za-z0-9.-]+)?(; Path=[ -:<-~]+)?(; Secure)?(; HttpOnly)?"
            + "(; SameSite=(Strict|Lax|None))?");

    private static final Pattern VALUE = Pattern.compile("[!#-+\\--:<-\\[\\]-~]*");
    private static final FlaskSession FLASK = FlaskSession.of(Keys.KEYRING).clock(Keys.CLOCK);
    private static final StarletteSession STARLETTE =
            StarletteSession.of(Keys.KEYRING).clock(Keys.CLOCK);
    private static final RailsCookie<JsonNode> RAILS =
            RailsCookie.of(Keys.KEYRING, "name").clock(Keys.CLOCK);
    private static final ExpressCookie EXPRESS = ExpressCookie.of(Keys.KEYRING);
    private static final ExpressSession SESSION = ExpressSession.of(Keys.KEYRING, "session");

    @FuzzTest
    void a_cookie_says_what_was_meant(byte[] data) {
        var input = new Input(data);
        switch (input.choice(4)) {
            case 0 -> set(SetCookie::of, latin1(input.line()), latin1(input.rest()));
            case 1 -> set(SetCookie::of, utf8(input.line()), utf8(input.rest()));
            case 2 -> attributes(input);
            default -> frameworks(input.choice(5), utf8(input.rest()));
        }
    }

    private interface Maker {
        SetCookie of(String name, String value);
    }

    private static void set(Maker maker, String name, String value) {
        String header;
        try {
            header = maker.of(name, value).secure().path("/").header();
        } catch (IllegalArgumentException e) {
            requireSilent(e, value);
            return;
        }
        requireForm(header);
        // A name with a dollar sign has a meaning of its own to the older reader.
        if (!name.startsWith("$") && !value.startsWith("\"")) {
            var cookie = HttpCookie.parse("Set-Cookie: " + header).get(0);
            if (!cookie.getName().equals(name) || !cookie.getValue().equals(value) || !"/".equals(cookie.getPath())) {
                throw new AssertionError("another program reads another cookie");
            }
        }
    }

    private static void attributes(Input input) {
        try {
            var cookie = SetCookie.of("name", "value")
                    .maxAge(Duration.ofSeconds(input.choice(256)))
                    .domain(utf8(input.line()))
                    .sameSite(utf8(input.line()))
                    .path(utf8(input.rest()));
            requireForm(cookie.secure().header());
        } catch (IllegalArgumentException e) {
            requireSilent(e, "the value");
        }
    }

    private static void requireForm(String header) {
        if (!HEADER.matcher(header).matches() || header.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new AssertionError("the header says more than was meant");
        }
    }

    /** Whoever set the cookie put a session there; a message may end in a log. */
    private static void requireSilent(IllegalArgumentException e, String value) {
        if (value.length() > 20 && e.getMessage().contains(value)) {
            throw new AssertionError("the message shows the value");
        }
    }

    /** What is written for any text fits into a cookie, and is read back. */
    private static void frameworks(int which, String text) {
        var node = JsonNodeFactory.instance.objectNode().put("text", text);
        switch (which) {
            case 0 -> requireValue(() -> FLASK.write(Map.of("text", text)), FLASK::check);
            case 1 -> requireValue(() -> STARLETTE.write(node), STARLETTE::check);
            case 2 -> requireValue(() -> RAILS.write(node), RAILS::check);
            case 3 -> requireValue(() -> EXPRESS.write(text), EXPRESS::check);
            default -> {
                var signature = new AtomicReference<String>();
                requireValue(
                        () -> {
                            var cookies = SESSION.write(node);
                            signature.set(cookies.signature());
                            return cookies.value();
                        },
                        value -> SESSION.check(value, signature.get()));
            }
        }
    }

    /** Only writing may refuse: a check that throws is what a fuzzer is here to find. */
    private static void requireValue(Supplier<String> write, Function<String, Verdict<?>> check) {
        String value;
        try {
            value = write.get();
        } catch (IllegalArgumentException e) {
            // Too long for a cookie, or no text at all.
            return;
        }
        if (!VALUE.matcher(value).matches()) {
            throw new AssertionError("this cannot stand in a cookie");
        }
        if (!(check.apply(value) instanceof Valid)) {
            throw new AssertionError("what was written is refused");
        }
    }
}
