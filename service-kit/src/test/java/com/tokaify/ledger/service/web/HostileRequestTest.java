package com.tokaify.ledger.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.service.ServiceKit;
import com.tokaify.ledger.service.web.RawHttp.Answer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What callers send to break a service: told as a problem, and never kept in memory. */
class HostileRequestTest {
    private static final int LIMIT = 64 * 1024;
    private static final int BULK_LIMIT = 1024 * 1024;

    private static ConfigurableApplicationContext service;
    private static int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ServiceKit.class, Notes.class})
    static class Service {}

    @RestController
    static final class Notes {
        record Note(@Nullable String text, @Nullable Long number) {}

        @PostMapping("/v1/notes")
        Note take(@RequestBody Note note) {
            return new Note(FieldRules.text("text", note.text(), LIMIT), note.number());
        }

        @PostMapping("/v1/bulk/notes")
        int takeMany(@RequestBody List<String> notes) {
            return notes.size();
        }

        @GetMapping("/v1/notes")
        String find(@RequestParam(defaultValue = "") String search) {
            return search;
        }
    }

    @BeforeAll
    static void start() {
        service =
                SpringApplication.run(
                        Service.class,
                        "--spring.config.location=classpath:ledger-service.yaml",
                        "--server.port=0",
                        "--logging.level.root=error",
                        "--ledger.requests.larger-bodies[0].prefix=/v1/bulk",
                        "--ledger.requests.larger-bodies[0].max-body=1MB");
        port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Answer post(String path, byte[] body) throws Exception {
        return post(path, "X-Request-Id: mine", body);
    }

    private static Answer post(String path, String headers, byte[] body) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            http.begin(path, headers + "\nContent-Length: " + body.length);
            http.send(body);
            return http.answer();
        }
    }

    private static Answer get(String target) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            http.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return http.answer();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A body of exactly so many bytes. */
    private static byte[] noteOf(int bytes) {
        String empty = "{\"text\":\"\"}";
        return utf8(empty.replace("\"\"", "\"" + "x".repeat(bytes - empty.length()) + "\""));
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.headers())
                .contains("content-type: application/problem+json\n")
                .contains("x-request-id: ");
        assertThat(answer.body())
                .startsWith("{\"type\":\"urn:tokaify:problem:")
                .contains("\"status\":" + status + ",\"code\":\"" + code + "\"");
    }

    private static void assertTooLarge(Answer answer, int limit) {
        assertProblem(answer, 413, "CONTENT_TOO_LARGE");
        assertThat(answer.body()).contains("The body must have at most " + limit + " bytes.");
        assertThat(answer.headers()).contains("connection: close");
    }

    /** The limit itself is still allowed, however the length is told. */
    @Test
    void aBodyOfTheLimitIsTaken() throws Exception {
        assertThat(post("/v1/notes", noteOf(LIMIT)).status()).isEqualTo(200);
        try (RawHttp http = new RawHttp(port)) {
            http.begin("/v1/notes", "Transfer-Encoding: chunked");
            http.chunk(noteOf(LIMIT));
            http.send("0\r\n\r\n");
            assertThat(http.answer().status()).isEqualTo(200);
        }
    }

    /** Who declares too much is refused before the first byte of it, and may not go on. */
    @Test
    void aDeclaredLengthIsRefusedUnread() throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            http.begin("/v1/notes", "X-Request-Id: mine\nContent-Length: 10000000");
            Answer answer = http.answer();
            assertTooLarge(answer, LIMIT);
            assertThat(answer.headers()).contains("x-request-id: mine");
        }
        assertTooLarge(post("/v1/notes", noteOf(LIMIT + 1)), LIMIT);
    }

    /** Who declares nothing is refused where it becomes too much, though there is more to come. */
    @Test
    void aChunkedBodyIsRefusedWhereItGetsTooLong() throws Exception {
        byte[] note = noteOf(LIMIT + 1);
        try (RawHttp http = new RawHttp(port)) {
            http.begin("/v1/notes", "Transfer-Encoding: chunked");
            http.chunk(Arrays.copyOf(note, LIMIT));
            assertThat(http.isAnswered()).isFalse();
            http.chunk(Arrays.copyOfRange(note, LIMIT, note.length));
            assertTooLarge(http.answer(), LIMIT);
        }
    }

    /** A form is no way around the limit, nor is any other type of body. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void otherBodiesAreNoWayAround(String type) throws Exception {
        for (String method : List.of("POST", "PUT", "PATCH")) {
            try (RawHttp http = new RawHttp(port)) {
                http.send(
                        "%s /v1/notes HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                                .formatted(method, type, LIMIT + 1));
                assertTooLarge(http.answer(), LIMIT);
            }
        }
    }

    /** Bulk endpoints take more, and no more than that. */
    @Test
    void aPathMayHaveALimitOfItsOwn() throws Exception {
        String note = "\"" + "x".repeat(1022) + "\"";
        String full = "[" + (note + ",").repeat(1022) + note + "]";
        assertThat(full.length()).isBetween(BULK_LIMIT - 1025, BULK_LIMIT);
        Answer answer = post("/v1/bulk/notes", utf8(full));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("1023");
        try (RawHttp http = new RawHttp(port)) {
            http.begin("/v1/bulk/notes", "Content-Length: " + (BULK_LIMIT + 1));
            assertTooLarge(http.answer(), BULK_LIMIT);
        }
    }

    static List<String> jsonThatIsNotTaken() {
        return List.of(
                "{\"text\":".repeat(33) + "1" + "}".repeat(33),
                "[".repeat(60_000),
                "{\"text\":\"a\",\"number\":" + "9".repeat(60_000) + "}",
                "{\"text\":\"a\",\"number\":99999999999999999999}",
                "{\"text\":\"a\",\"number\":1e400}",
                "{\"text\":\"a\",\"number\":1e-400000000}",
                "{\"text\":\"a\",\"number\":NaN}",
                "{\"text\":\"a\\u0000b\"}",
                "{\"text\":\"a\\ud800b\"}",
                "{\"text\":\"a\0b\"}",
                "{\"text\":\"a\"\0}",
                "{\"te\\u0000xt\":\"a\"}",
                "{\"text\":\"a\"}\0",
                "\ufeff{\"text\":\"a\"}",
                "{'text':'a'}",
                "{\"text\":\"a\",}",
                "/* a */{\"text\":\"a\"}",
                "",
                "null");
    }

    /** JSON made to exhaust or to slip through is bad input like any other. */
    @ParameterizedTest
    @MethodSource("jsonThatIsNotTaken")
    void hostileJsonIsRefused(String json) throws Exception {
        assertProblem(post("/v1/notes", utf8(json)), 400, "INVALID_REQUEST");
    }

    /** JSON is UTF-8: other encodings would carry a NUL past every check of bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32LE"})
    void otherEncodingsAreRefused(String charset) throws Exception {
        byte[] note = "{\"text\":\"a\"}".getBytes(Charset.forName(charset));
        assertProblem(post("/v1/notes", note), 400, "INVALID_REQUEST");
    }

    /** Bytes that are no UTF-8 are refused, not replaced. */
    @Test
    void malformedUtf8IsRefused() throws Exception {
        byte[] note = utf8("{\"text\":\"a?b\"}");
        for (int wrong : new int[] {0x80, 0xc0, 0xff}) {
            note[10] = (byte) wrong;
            assertProblem(post("/v1/notes", note), 400, "INVALID_REQUEST");
        }
    }

    /** Parameters that cannot be decoded are the caller's mistake. */
    @ParameterizedTest
    @ValueSource(strings = {"search=%zz", "search=%", "search=%ff", "search=%c0%80"})
    void parametersThatCannotBeDecodedAreRefused(String query) throws Exception {
        assertProblem(get("/v1/notes?" + query), 400, "BAD_REQUEST");
    }

    /** What Tomcat does not even hand on is answered without a word about Tomcat. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/%00", "/v1/no\0tes", "/v1/%2e%2e/%2e%2e/x", "/v1/notes%2fx"})
    void pathsThatAreNoPathsAreRefused(String path) throws Exception {
        Answer answer = get(path);
        assertThat(answer.status()).isBetween(400, 404);
        assertThat(answer.headers() + answer.body()).doesNotContainIgnoringCase("tomcat");
    }

    /** Headers have Tomcat's own limit. */
    @Test
    void headersAreLimited() throws Exception {
        Answer answer = post("/v1/notes", "X: " + "x".repeat(10_000), utf8("{}"));
        assertThat(answer.status()).isEqualTo(400);
    }

    /** After all this the service answers as before. */
    @Test
    void whatIsWellFormedIsTaken() throws Exception {
        Answer answer = post("/v1/notes", utf8("{\"text\":\"Łódź\",\"number\":7}"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"text\":\"Łódź\",\"number\":7}");
        assertThat(get("/v1/notes?search=a%20b").body()).isEqualTo("a b");
    }
}
