package com.tokaify.ledger.enforcement.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.FakeRequest;
import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.events.InvalidField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPlacesTest {

    /** A key is found wherever one of the field's libraries puts it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Authorization          | Bearer sk-a",
                "Authorization          | bearer   sk-a",
                "authorization          | sk-a",
                "X-Api-Key              | sk-a",
                "x-goog-api-key         | sk-a",
                "mj-api-secret          | sk-a",
                "Sec-WebSocket-Protocol | realtime, openai-insecure-api-key.sk-a, openai-beta.realtime-v1",
                "Sec-WebSocket-Protocol | openai-insecure-api-key.sk-a",
            })
    void aKeyIsFoundInHeaders(String header, String value) {
        assertThat(key(FakeRequest.get("/authz").with(header, value))).isEqualTo("sk-a");
    }

    /** And in the query of the call, or of the hook itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/authz/v1beta/models/m:generateContent?key=sk-a",
                "/authz/v1beta/models/m:generateContent?alt=sse&key=sk%2Da",
                "/authz/x?%6bey=sk-a&monkey=no",
                "/authz?key=sk-a"
            })
    void aKeyIsFoundInTheQuery(String target) {
        assertThat(key(FakeRequest.get(target))).isEqualTo("sk-a");
    }

    /** The original query is looked at where it comes in a header. */
    @Test
    void aKeyIsFoundInTheOriginalQuery() {
        FakeRequest request = FakeRequest.get("/authz?profile=nginx");
        assertThat(key(request.with("X-Original-URI", "/v1/x?a=b&key=sk-a"))).isEqualTo("sk-a");
    }

    /** Where several are given, the usual place wins, so that it is always the same one. */
    @Test
    void theFirstPlaceWins() {
        FakeRequest request =
                FakeRequest.get("/authz/x?key=e")
                        .with("Sec-WebSocket-Protocol", "openai-insecure-api-key.d")
                        .with("x-goog-api-key", "c")
                        .with("x-api-key", "b");
        assertThat(key(request)).isEqualTo("b");
        assertThat(key(request.with("Authorization", "Bearer a"))).isEqualTo("a");
    }

    /** What is empty or meant for somebody else is no key, and hides none. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Digest a b"})
    void anotherAuthorizationHidesNoKey(String authorization) {
        FakeRequest request = FakeRequest.get("/authz").with("Authorization", authorization);
        assertThat(key(request)).isNull();
        assertThat(key(request.with("x-api-key", "sk-a"))).isEqualTo("sk-a");
    }

    /** Nowhere is nowhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/authz",
                "/authz?",
                "/authz?key",
                "/authz?key=",
                "/authz?monkey=a",
                "/authz/x"
            })
    void noKeyIsNone(String target) {
        assertThat(key(FakeRequest.get(target))).isNull();
    }

    /** Servers differ in which of two they take, and in what they make of broken text. */
    @Test
    void anAmbiguousQueryIsRefused() {
        assertThatThrownBy(() -> key(FakeRequest.get("/authz/x?key=a&key=b")))
                .isInstanceOf(InvalidField.class)
                .hasMessage("key must be given once");
        assertThatThrownBy(() -> key(FakeRequest.get("/authz/x?key=%zz")))
                .isInstanceOf(InvalidField.class)
                .hasMessage("key must be percent-encoded");
    }

    private static @Nullable String key(FakeRequest fake) {
        GatewayCall request = fake.asCall();
        return SecretPlaces.find(request, OriginalUri.of(request, AuthzEndpoint.PATH))
                .map(GivenSecret::text)
                .orElse(null);
    }
}
