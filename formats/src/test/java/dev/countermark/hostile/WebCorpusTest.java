package dev.countermark.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.BadTokenException;
import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.frameworks.ExpressCookie;
import dev.countermark.frameworks.RailsCookie;
import dev.countermark.frameworks.SetCookie;
import dev.countermark.mac.Hmac;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * Hostile inputs to the formats of Rails and Express, and to cookies that are set;
 * {@code -Dcountermark.hostile=FILE} reads another file.
 */
class WebCorpusTest {

    private static final Set<String> FORMATS = Set.of("rails", "express", "cookie-set");

    static final List<String> ROWS = rows();

    private static List<String> rows() {
        var rows = new ArrayList<String>();
        try (var text = new BufferedReader(new InputStreamReader(corpus(), StandardCharsets.UTF_8))) {
            text.lines()
                    .filter(line -> FORMATS.contains(parsed(line).get("format").stringValue()))
                    .forEach(rows::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static InputStream corpus() throws IOException {
        var file = System.getProperty("countermark.hostile");
        return file == null
                ? new GZIPInputStream(WebCorpusTest.class.getResourceAsStream("/hostile/web.jsonl.gz"))
                : Files.newInputStream(Path.of(file));
    }

    private static JsonNode parsed(String row) {
        return JsonMapper.shared().readTree(row);
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void a_row_is_answered_as_it_must_be(String line) {
        var row = parsed(line);
        JsonNode value;
        try {
            value = value(row);
        } catch (BadTokenException | Refused e) {
            assertThat(row.get("must").stringValue()).isEqualTo("reject");
            return;
        }
        assertThat(row.get("must").stringValue()).isEqualTo("accept");
        var expected = row.path("value");
        if (!expected.isNull() && !expected.isMissingNode()) {
            assertThat(value).isEqualTo(expected);
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static JsonNode value(JsonNode row) {
        var token = token(row);
        var params = row.path("params");
        return switch (row.get("format").stringValue()) {
            case "express" ->
                StringNode.valueOf(ExpressCookie.of(keys(row)).decoded().read(token));
            case "rails" ->
                RailsCookie.of(keys(row), params.path("purpose").stringValue("").substring("cookie.".length()))
                        .digest(Hmac.valueOf(
                                params.path("digest").stringValue("sha256").toUpperCase(Locale.ROOT)))
                        .clock(Clock.fixed(
                                Instant.ofEpochSecond(params.path("now").longValue(1_700_000_000)), ZoneOffset.UTC))
                        .decoded()
                        .read(token);
            default -> StringNode.valueOf(cookie(params.get("field").stringValue(), token));
        };
    }

    private static String cookie(String field, String text) {
        var cookie = SetCookie.of("name", "value").secure();
        try {
            return switch (field) {
                case "name" -> SetCookie.of(text, "value").secure().path("/").header();
                case "value" -> SetCookie.of("name", text).header();
                case "path" -> cookie.path(text).header();
                case "domain" -> cookie.domain(text).header();
                case "samesite" -> cookie.sameSite(text).header();
                default -> throw new IllegalStateException(field);
            };
        } catch (IllegalArgumentException e) {
            throw new Refused();
        }
    }

    private static String token(JsonNode row) {
        var token = row.get("token").stringValue();
        switch (row.path("token_enc").stringValue("")) {
            case "base64" -> {
                return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            }
            case "expr" -> {
                var text = new StringBuilder();
                parsed(token)
                        .forEach(part -> text.append(
                                part.get(0).stringValue().repeat(part.get(1).intValue())));
                return text.toString();
            }
            default -> {
                return token;
            }
        }
    }

    private static Keyring keys(JsonNode row) {
        var older = new ArrayList<SigningKey>();
        row.path("params")
                .path("older_secrets")
                .forEach(secret -> older.add(SigningKey.weakText(secret.stringValue())));
        return Keyring.of(SigningKey.weakText(row.get("secret").stringValue()))
                .accepting(older.toArray(SigningKey[]::new));
    }
}
