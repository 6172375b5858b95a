package com.tokaify.ledger.testkit.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever differs between a service and its document is a fault, on either side. */
class ApiContractTest {
    private static final String THING = "{\"id\":\"a1\",\"size\":3,\"note\":null}";
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "ETag", "\"7\"");
    private static final ApiDocument DOCUMENT =
            ApiDocument.of(
                    """
                    {
                      "openapi": "3.1.0",
                      "info": {"title": "Things", "version": "1"},
                      "paths": {
                        "/v1/things/{id}": {"put": {
                          "parameters": [
                            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                            {"name": "dry", "in": "query", "schema": {"type": "boolean"}},
                            {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"enum": ["a", "b"]}}},
                            {"$ref": "#/components/parameters/Who"}
                          ],
                          "requestBody": {"required": true, "content": {"application/json": {
                            "schema": {
                              "type": "object",
                              "properties": {"size": {"type": "integer", "minimum": 1}},
                              "required": ["size"],
                              "additionalProperties": false
                            }
                          }}},
                          "responses": {
                            "200": {
                              "description": "OK",
                              "headers": {"ETag": {
                                "required": true,
                                "schema": {"type": "string", "pattern": "^\\"[0-9]+\\"$"}
                              }},
                              "content": {"application/json": {
                                "schema": {"$ref": "#/components/schemas/Thing"}
                              }}
                            },
                            "204": {"description": "nothing new"},
                            "400": {"$ref": "#/components/responses/Problem"},
                            "default": {"$ref": "#/components/responses/Problem"}
                          }
                        }},
                        "/v1/things/all": {"get": {"responses": {"204": {"description": "none"}}}}
                      },
                      "components": {
                        "parameters": {"Who": {
                          "name": "Who", "in": "header", "required": true,
                          "schema": {"type": "string", "maxLength": 3}
                        }},
                        "responses": {"Problem": {
                          "description": "a problem",
                          "content": {"application/problem+json": {"schema": {
                            "type": "object",
                            "properties": {"code": {"enum": ["NOT_FOUND", "INVALID_REQUEST"]}},
                            "required": ["code"]
                          }}}
                        }},
                        "schemas": {"Thing": {
                          "type": "object",
                          "properties": {
                            "id": {"type": "string", "pattern": "^[a-z][0-9]$"},
                            "size": {"type": "integer"},
                            "note": {"type": ["string", "null"]}
                          },
                          "required": ["id", "size", "note"]
                        }}
                      }
                    }
                    """);

    private static HttpRequest put(String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost" + path))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    private static HttpRequest allowed() {
        return put("/v1/things/a1", "{\"size\":3}", "Who", "me");
    }

    private static CannedAnswer problem(int status, String code, String rule) {
        return new CannedAnswer(
                status,
                Map.of("Content-Type", "application/problem+json"),
                "{\"code\":\"%s\",\"errors\":[{\"field\":\"size\",\"rule\":\"%s\"}]}"
                        .formatted(code, rule));
    }

    private static List<String> faults(HttpRequest request, CannedAnswer answer) {
        return ApiContract.faults(DOCUMENT, request, answer);
    }

    /** The document the other tests stand on is one. */
    @Test
    void theDocumentIsValid() {
        assertThat(DOCUMENT.errors()).isEmpty();
        assertThat(DOCUMENT.operations())
                .containsExactly("put /v1/things/{id}", "get /v1/things/all");
    }

    /** A document that is none, or has schemas that are none, is told apart. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\"},\"paths\":{}}",
                "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{},"
                        + "\"components\":{\"schemas\":{\"A\":{\"type\":\"text\"}}}}"
            })
    void anInvalidDocumentIsTold(String json) {
        assertThat(ApiDocument.of(json).errors()).isNotEmpty();
    }

    /** What is as documented passes. */
    @Test
    void whatIsAsDocumentedHasNoFaults() {
        assertThat(faults(allowed(), new CannedAnswer(200, HEADERS, THING))).isEmpty();
        assertThat(faults(allowed(), new CannedAnswer(204, Map.of(), ""))).isEmpty();
        assertThat(faults(allowed(), problem(404, "NOT_FOUND", "exists"))).isEmpty();
        assertThat(
                        faults(
                                put("/v1/things/a1?dry=true", "{\"size\":3}", "Who", "me"),
                                new CannedAnswer(200, HEADERS, THING)))
                .isEmpty();
        assertThat(
                        faults(
                                HttpRequest.newBuilder(URI.create("http://localhost/v1/things/all"))
                                        .build(),
                                new CannedAnswer(204, Map.of(), "")))
                .isEmpty();
    }

    /** A field that changed its name, type or form, and one that is gone, are noticed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a1\",\"size\":3}",
                "{\"id\":\"A1\",\"size\":3,\"note\":null}",
                "{\"id\":\"a1\",\"size\":\"3\",\"note\":null}",
                "{\"id\":null,\"size\":3,\"note\":null}",
                "[]",
                ""
            })
    void aBodyThatIsNotAsDocumentedIsAFault(String body) {
        assertThat(faults(allowed(), new CannedAnswer(200, HEADERS, body)))
                .anyMatch(fault -> fault.startsWith("the body is no"));
    }

    /** Success and failure nobody documented are noticed; so is a code of another service. */
    @Test
    void anUndocumentedStatusIsAFault() {
        assertThat(faults(allowed(), new CannedAnswer(202, HEADERS, THING)))
                .containsExactly("the status 202 is not documented");
        assertThat(faults(allowed(), problem(409, "CONFLICT", "is taken"))).isNotEmpty();
    }

    /** Headers that are missing, malformed or not told of are noticed. */
    @Test
    void headersThatAreNotAsDocumentedAreFaults() {
        Map<String, String> none = Map.of("Content-Type", "application/json");
        assertThat(faults(allowed(), new CannedAnswer(200, none, THING)))
                .containsExactly("the header ETag is missing");
        Map<String, String> malformed = Map.of("Content-Type", "application/json", "ETag", "7");
        assertThat(faults(allowed(), new CannedAnswer(200, malformed, THING)))
                .singleElement()
                .asString()
                .startsWith("the header ETag is not as documented");
        assertThat(faults(allowed(), new CannedAnswer(204, Map.of("Ledger-Position", "1:2"), "")))
                .containsExactly("the header Ledger-Position is not documented");
    }

    /** Another content type, and a body where there should be none, are noticed. */
    @Test
    void contentThatIsNotDocumentedIsAFault() {
        Map<String, String> text = Map.of("Content-Type", "text/html", "ETag", "\"7\"");
        assertThat(faults(allowed(), new CannedAnswer(200, text, THING)))
                .containsExactly("the content type 'text/html' is not documented");
        assertThat(faults(allowed(), new CannedAnswer(204, Map.of(), "{}")))
                .containsExactly("a body is not documented");
    }

    /** A service that accepts more than its document allows is noticed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/things/a1         | {"size":0}           | me
                    /v1/things/a1         | {"size":3,"more":1}  | me
                    /v1/things/a1         | {}                   | me
                    /v1/things/a1         | no JSON              | me
                    /v1/things/a1         | {"size":3}           | them
                    /v1/things/a1?dry=1   | {"size":3}           | me
                    /v1/things/a1?wet=yes | {"size":3}           | me
                    /v1/things/a1?tag=a&tag=c | {"size":3}       | me
                    """)
    void acceptingWhatIsNotAllowedIsAFault(String path, String body, String who) {
        assertThat(faults(put(path, body, "Who", who), new CannedAnswer(200, HEADERS, THING)))
                .isNotEmpty()
                .allMatch(fault -> fault.startsWith("accepted, though "));
    }

    /** A parameter that is a list is given by repeating it. */
    @Test
    void aRepeatedParameterIsAList() {
        for (String path : List.of("/v1/things/a1?tag=a", "/v1/things/a1?tag=a&tag=b")) {
            assertThat(
                            faults(
                                    put(path, "{\"size\":3}", "Who", "me"),
                                    new CannedAnswer(200, HEADERS, THING)))
                    .isEmpty();
        }
    }

    /** A required header that was left out is noticed where the service did not mind. */
    @Test
    void acceptingWithoutARequiredHeaderIsAFault() {
        assertThat(
                        faults(
                                put("/v1/things/a1", "{\"size\":3}"),
                                new CannedAnswer(200, HEADERS, THING)))
                .containsExactly("accepted, though the parameter Who is required");
    }

    /** What the service calls missing or unknown, the document must not allow. */
    @ParameterizedTest
    @ValueSource(strings = {"is required", "is not a field of this request"})
    void refusingWhatIsAllowedIsAFault(String rule) {
        CannedAnswer refused = problem(400, "INVALID_REQUEST", rule);
        assertThat(faults(allowed(), refused))
                .containsExactly("refused, though the document allows the request");
        assertThat(faults(put("/v1/things/a1", "{}", "Who", "me"), refused)).isEmpty();
        assertThat(faults(allowed(), problem(400, "INVALID_REQUEST", "is too small"))).isEmpty();
    }

    /** An operation nobody documented may only answer that it is not there. */
    @Test
    void anUndocumentedOperationMayOnlyBeAbsent() {
        HttpRequest unknown = put("/v1/nothing", "{}");
        assertThat(faults(unknown, new CannedAnswer(200, HEADERS, THING)))
                .containsExactly("the operation is not documented");
        assertThat(faults(unknown, problem(404, "NOT_FOUND", "exists"))).isEmpty();
        assertThat(faults(unknown, new CannedAnswer(404, Map.of(), ""))).isNotEmpty();
        assertThat(faults(put("/v1/things/", "{}"), new CannedAnswer(200, HEADERS, THING)))
                .containsExactly("the operation is not documented");
    }
}
