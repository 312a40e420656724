package dev.countermark.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.server.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The description says what the code does: every path, parameter and body, and every member of real answers. */
class OpenApiTest {

    /** Neither the page nor the text of errors is part of the API. */
    private static final Set<String> NOT_DESCRIBED =
            Set.of("dev.countermark.server.page", "dev.countermark.server.problems");

    private final RunningServer server = RunningServer.shared();
    private final JsonNode description = RunningServer.json(server.get("/openapi.json", null));
    private final Schemas schemas = new Schemas(description);

    private Map<String, HandlerMethod> code() {
        var operations = new TreeMap<String, HandlerMethod>();
        server.bean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
            if (NOT_DESCRIBED.contains(method.getBeanType().getPackageName())) {
                return;
            }
            var methods = mapping.getMethodsCondition().getMethods();
            for (var path : mapping.getPatternValues()) {
                // Any method: one stands for all.
                for (var each : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                    operations.put(each.name().toLowerCase(Locale.ROOT) + " " + path, method);
                }
            }
        });
        return operations;
    }

    private Map<String, JsonNode> described() {
        var operations = new TreeMap<String, JsonNode>();
        description
                .get("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .filter(operation -> !operation.getKey().equals("parameters"))
                        .forEach(operation ->
                                operations.put(operation.getKey() + " " + path.getKey(), operation.getValue())));
        return operations;
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void it_is_openapi_3_1_and_every_reference_leads_somewhere() {
        assertThat(description.get("openapi").stringValue()).startsWith("3.1.");
        var ids = new TreeSet<String>();
        described().forEach((name, operation) -> {
            assertThat(ids.add(operation.get("operationId").stringValue()))
                    .as(name)
                    .isTrue();
            assertThat(operation.get("responses").isEmpty()).as(name).isFalse();
        });
        references(description).forEach(schemas::resolve);
    }

    private static Stream<JsonNode> references(JsonNode node) {
        return Stream.concat(
                node.has("$ref") ? Stream.of(node) : Stream.empty(),
                node.valueStream().flatMap(OpenApiTest::references));
    }

    @Test
    void it_has_the_paths_and_methods_of_the_code_and_no_others() {
        var paths = new TreeSet<>(code().keySet());
        // A servlet, which takes any method.
        paths.add("get /verify");
        assertThat(described().keySet()).isEqualTo(paths);
    }

    @Test
    void its_query_parameters_and_headers_are_those_of_the_code() {
        var described = described();
        code().forEach((name, method) -> {
            if (!name.contains(" /v1/")) {
                return;
            }
            var names = described
                    .get(name)
                    .path("parameters")
                    .valueStream()
                    .map(schemas::resolve)
                    .map(parameter -> parameter.get("in").stringValue() + " "
                            + parameter.get("name").stringValue())
                    .collect(Collectors.toCollection(TreeSet::new));
            var expected = new TreeSet<String>();
            for (var parameter : method.getMethod().getParameters()) {
                var query = parameter.getAnnotation(RequestParam.class);
                if (query != null) {
                    expected.add("query " + (query.name().isEmpty() ? parameter.getName() : query.name()));
                }
                var header = parameter.getAnnotation(RequestHeader.class);
                if (header != null) {
                    expected.add("header " + header.name());
                }
            }
            assertThat(names).as(name).isEqualTo(expected);
        });
    }

    @Test
    void its_request_bodies_have_the_members_that_the_code_reads() {
        var described = described();
        code().forEach((name, method) -> {
            if (!name.contains(" /v1/")) {
                return;
            }
            var body = Arrays.stream(method.getMethod().getParameters())
                    .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
                    .findFirst();
            assertThat(described.get(name).has("requestBody")).as(name).isEqualTo(body.isPresent());
            body.ifPresent(parameter -> {
                var schema = schemas.resolve(described.get(name).at("/requestBody/content/application~1json/schema"));
                assertThat(new TreeSet<>(schema.get("properties").propertyNames()))
                        .as(name)
                        .isEqualTo(Arrays.stream(parameter.getType().getRecordComponents())
                                .map(component -> snake(component.getName()))
                                .collect(Collectors.toCollection(TreeSet::new)));
                assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
            });
        });
    }

    @Test
    void real_answers_are_as_described() {
        var admin = server.adminToken();
        var issued = server.post(
                "/v1/tokens",
                admin,
                "{\"subject\":\"described\",\"name\":\"n\",\"scopes\":[\"a\"],\"metadata\":{\"k\":\"v\"}}");
        var id = RunningServer.json(issued).get("id").stringValue();
        server.get("/verify", RunningServer.json(issued).get("token").stringValue());
        server.tokens().writeLastUses();
        hold("post /v1/tokens", issued);
        hold("post /v1/tokens/{id}/rotate", server.post("/v1/tokens/" + id + "/rotate", admin, "{}"));
        var shown = server.get("/v1/tokens/" + id, admin);
        assertThat(RunningServer.json(shown).propertyNames()).contains("last_used_at", "replaced_by");
        hold("get /v1/tokens/{id}", shown);
        hold("get /v1/tokens", server.get("/v1/tokens?limit=1", admin));
        hold("delete /v1/tokens/{id}", server.ask("DELETE", "/v1/tokens/" + id + "?wait=true", admin, null));
        hold("post /v1/revocations", server.post("/v1/revocations?wait=true", admin, "{\"subject\":\"described\"}"));
        hold("post /v1/revocations", server.post("/v1/revocations", admin, "{\"subject\":\"described\"}"));
        hold("get /v1/keys", server.get("/v1/keys", admin));
        hold("get /v1/audit", server.get("/v1/audit?limit=10", admin));
        hold("get /v1/nodes", server.get("/v1/nodes", admin));
        for (var answer : List.of(
                server.post("/v1/tokens", admin, "{}"),
                server.post("/v1/tokens", null, "{}"),
                server.post("/v1/tokens", server.token("a"), "{}"),
                server.post("/v1/tokens", admin, "a".repeat(70_000)))) {
            hold("post /v1/tokens", answer);
        }
        hold("get /v1/tokens/{id}", server.get("/v1/tokens/none", admin));
        hold("get /verify", server.get("/verify", null));
        hold("post /oauth2/introspect", form("/oauth2/introspect", admin, "token=" + admin));
        hold("post /oauth2/introspect", form("/oauth2/introspect", admin, "token=nonsense"));
        hold("post /oauth2/introspect", form("/oauth2/introspect", admin, ""));
        hold("post /oauth2/revoke", form("/oauth2/revoke", admin, "token=nonsense"));
        hold("post /oauth2/revoke", form("/oauth2/revoke", admin, ""));
    }

    private HttpResponse<String> form(String path, String token, String body) {
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private void hold(String operation, HttpResponse<String> answer) {
        var responses = described().get(operation).get("responses");
        var response = schemas.resolve(responses.path(Integer.toString(answer.statusCode())));
        assertThat(response.isMissingNode())
                .as(operation + " " + answer.statusCode())
                .isFalse();
        if (!response.has("content")) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        var type = answer.headers().firstValue("Content-Type").orElseThrow();
        var schema = response.get("content").path(type).path("schema");
        assertThat(schema.isMissingNode()).as(operation + " " + type).isFalse();
        assertThat(schemas.complaints(schema, RunningServer.json(answer)))
                .as(operation + " " + answer.body())
                .isEmpty();
    }
}
