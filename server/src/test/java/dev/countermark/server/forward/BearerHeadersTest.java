package dev.countermark.server.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

/** The shared rows of headers that must not authenticate, and of those that must. */
class BearerHeadersTest {

    private static final String TOKEN_OF_THE_ROWS = "eyJ1aWQiOjE3fQ.0TujEcR8S8iHvQseERtWHZ_k4CM";

    record Row(String id, String token, String must, String why) {

        @Override
        public String toString() {
            return id + " " + must;
        }
    }

    static List<Row> rows() throws IOException {
        var mapper = JsonMapper.shared();
        var file = Path.of("../spring-boot-starter/src/test/resources/bearer-header.jsonl");
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(line -> mapper.readValue(line, Row.class))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_header_holds_a_token_only_in_its_one_form(Row row) {
        var request = new MockHttpServletRequest("GET", "/verify");
        request.addHeader("Authorization", row.token());
        assertThat(TOKEN_OF_THE_ROWS.equals(BearerHeader.of(request)))
                .as(row.why())
                .isEqualTo(row.must().equals("accept"));
    }
}
