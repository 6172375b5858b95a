package com.tokaify.ledger.enforcement.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.FakeRequest;
import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.events.InvalidField;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPlacesTest {

    /** Gateways that know the model say so. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Model", "x-ai-eg-model"})
    void aHeaderNamesTheModel(String header) {
        assertThat(model(FakeRequest.get("/authz").with(header, " gpt-5 "))).isEqualTo("gpt-5");
        assertThat(model(FakeRequest.get("/authz").with(header, ""))).isNull();
    }

    /** Only the outermost field names the model, whatever stands around it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "{'model':'gpt-5'}                                             | gpt-5",
                "{'messages':[{'model':'x','content':'{}'}],'model':'gpt-5'}   | gpt-5",
                "{'a':{'model':'x'},'b':[['model']],'model':'gpt\\u002d5'}     | gpt-5",
                "{'Model':'gpt-5'}                                             | gpt-5",
                "{'model':null,'stream':true}                                  | -",
                "{'input':{'model':'x'}}                                       | -",
                "{}                                                            | -",
                "[{'model':'x'}]                                               | -",
                "'model'                                                       | -",
                "7                                                             | -",
            })
    void theBodyNamesTheModel(String body, @Nullable String model) {
        assertThat(model(FakeRequest.get("/authz/v1/x").withJson(body.replace('\'', '"'))))
                .isEqualTo(model);
    }

    /** A body that one JSON reader would read as this model and another as that is refused. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'model':'cheap','model':'dear'}       | model must be given once",
                "{'model':'cheap','x':1,'MODEL':'dear'} | model must be given once",
                "{'model':null,'model':'dear'}          | model must be given once",
                "{'model':'cheap','m\\u006fdel':'dear'} | model must be given once",
                "{'model':5}                            | model must be a text",
                "{'model':['cheap']}                    | model must be a text",
                "{'model':'cheap'                       | body must be one JSON value",
                "{'model':'cheap'} {'model':'dear'}     | body must be one JSON value",
                "{'model':'cheap'}]                     | body must be one JSON value",
                "model=cheap                            | body must be one JSON value",
            })
    void anAmbiguousBodyIsRefused(String body, String message) {
        assertThatThrownBy(
                        () -> model(FakeRequest.get("/authz/x").withJson(body.replace('\'', '"'))))
                .isInstanceOf(InvalidField.class)
                .hasMessageStartingWith(message);
    }

    /** What the gateway has cut off, or is no JSON, is not guessed at. */
    @Test
    void onlyAWholeJsonBodyIsRead() {
        String body = "{\"model\":\"gpt-5\"}";
        assertThat(
                        model(
                                FakeRequest.get("/authz/x")
                                        .withJson(body)
                                        .with("x-envoy-auth-partial-body", "true")))
                .isNull();
        assertThat(model(FakeRequest.get("/authz/x").withBody(body))).isNull();
        assertThat(
                        model(
                                FakeRequest.get("/authz/x")
                                        .with("Content-Type", "multipart/form-data; boundary=x")
                                        .withBody(body)))
                .isNull();
        assertThat(
                        model(
                                FakeRequest.get("/authz/x")
                                        .with(
                                                "Content-Type",
                                                "Application/vnd.x+JSON ; charset=utf-8")
                                        .withBody(body)))
                .isEqualTo("gpt-5");
        assertThat(model(FakeRequest.get("/authz/x").with("Content-Type", "application/json")))
                .as("a gateway that hands on the type without the body")
                .isNull();
    }

    /** A body without end is refused, not kept in memory. */
    @Test
    void anOversizeBodyIsRefused() {
        String body = "{\"p\":\"" + "x".repeat(ModelPlaces.MAX_BODY_BYTES) + "\"}";
        assertThatThrownBy(() -> model(FakeRequest.get("/authz/x").withJson(body)))
                .isInstanceOf(InvalidField.class)
                .hasMessage("body must have at most 1048576 bytes");
    }

    /** Gemini names the model in the path, however it is encoded. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/v1beta/models/gemini-2.5-pro:generateContent     | gemini-2.5-pro",
                "/v1beta/models/gemini:streamGenerateContent?x=a:b | gemini",
                "/v1/publishers/google/models/llama:7b:predict     | llama:7b",
                "/v1beta/%6dodels/dear%3AgenerateContent           | dear",
                "/v1beta/models/tuned%2Fdear:generateContent       | tuned/dear",
                "/v1beta/models/a+b:generateContent                | a+b",
                "/v1/models/gpt-5                                  | -",
                "/v1/models                                        | -",
                "/v1/models/:generateContent                       | -",
                "/v1/chat/completions?model=x                      | -",
                "/v1/realtime?model=gpt-realtime                   | gpt-realtime",
                "/v1/realtime                                      | -",
            })
    void thePathNamesTheModel(String target, @Nullable String model) {
        assertThat(model(FakeRequest.get("/authz" + target))).isEqualTo(model);
        assertThat(model(FakeRequest.get("/authz").with("X-Original-URI", target)))
                .isEqualTo(model);
        assertThat(model(FakeRequest.get("/authz/").with("X-Forwarded-Uri", target)))
                .isEqualTo(model);
        assertThat(
                        model(
                                FakeRequest.get("/authz")
                                        .with("X-Original-URL", "https://api.example" + target)))
                .isEqualTo(model);
    }

    /** A path that servers may read differently is refused. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/models/cheap:x/models/dear:y        | path must name one model",
                "/models/cheap:x/../dear:y            | path must have no dot segments",
                "/models/cheap:x/%2e%2e/dear:y        | path must have no dot segments",
                "/models/./cheap:x                    | path must have no dot segments",
                "/models/cheap:x/..;a/dear:y          | path must have no dot segments",
                "/models/%zz:x                        | path must be percent-encoded",
                "/v1/realtime?model=cheap&model=dear  | model must be given once",
            })
    void anAmbiguousPathIsRefused(String target, String message) {
        assertThatThrownBy(() -> model(FakeRequest.get("/authz").with("X-Original-URI", target)))
                .isInstanceOf(InvalidField.class)
                .hasMessage(message);
    }

    /** The gateway that asks the bare hook may name the model as its own parameter. */
    @Test
    void theHooksOwnQueryIsTheGateways() {
        assertThat(model(FakeRequest.get("/authz?profile=nginx&model=gpt-5"))).isEqualTo("gpt-5");
    }

    /**
     * Whoever may use the cheap model only must not get the dear one by naming the cheap one where
     * the gateway looks and the dear one where the upstream does.
     */
    @Test
    void twoPlacesMustNameTheSameModel() {
        String dear = "{\"model\":\"dear\"}";
        for (FakeRequest request :
                new FakeRequest[] {
                    FakeRequest.get("/authz/x").with("X-Model", "cheap").withJson(dear),
                    FakeRequest.get("/authz/x").with("x-ai-eg-model", "cheap").withJson(dear),
                    FakeRequest.get("/authz/models/cheap:x").withJson(dear),
                    FakeRequest.get("/authz/v1/realtime?model=cheap").withJson(dear),
                    FakeRequest.get("/authz?model=cheap").withJson(dear),
                    FakeRequest.get("/authz").with("X-Model", "cheap").with("X-Model", "dear"),
                    FakeRequest.get("/authz").with("X-Model", "a").with("x-ai-eg-model", "b"),
                }) {
            assertThatThrownBy(() -> model(request))
                    .isInstanceOf(InvalidField.class)
                    .hasMessage("model must be named the same wherever it is named");
        }
        assertThat(model(FakeRequest.get("/authz/x").with("X-Model", "dear").withJson(dear)))
                .isEqualTo("dear");
    }

    /** Headers the caller may have written do not move what the gateway has appended. */
    @Test
    void theAppendedPathWinsOverHeaders() {
        assertThat(
                        model(
                                FakeRequest.get("/authz/models/dear:x")
                                        .with("X-Original-URI", "/models/cheap:x")))
                .isEqualTo("dear");
    }

    /** One of them is the gateway's, the other its caller's; nobody knows which. */
    @Test
    void headersOfTheOriginalMustAgree() {
        FakeRequest request =
                FakeRequest.get("/authz")
                        .with("X-Original-URI", "/models/cheap:x")
                        .with("X-Forwarded-Uri", "/models/dear:x");
        assertThatThrownBy(() -> model(request))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("must not contradict");
    }

    private static @Nullable String model(FakeRequest fake) {
        GatewayCall request = fake.asCall();
        try {
            return ModelPlaces.find(request, OriginalUri.of(request, AuthzEndpoint.PATH));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
