package com.tokaify.ledger.service.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.codec.StrictJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An error as callers see it, RFC 9457.
 *
 * @param code stable and for programs, e.g. {@code QUOTA_EXHAUSTED}; {@code type} is its URN
 * @param detail one sentence for people
 * @param errors the fields that break a rule, where there are any
 */
public record Problem(
        @JsonProperty String type,
        @JsonProperty String title,
        @JsonProperty int status,
        @JsonProperty String code,
        @JsonProperty String detail,
        @JsonProperty @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    /** A field that breaks a rule, e.g. {@code name} {@code must have 1 to 100 characters}. */
    public record FieldError(String field, String rule) {}

    public static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(
                urn(code), status.getReasonPhrase(), status.value(), code, detail, List.of());
    }

    /** 400 for a request that breaks the contract, naming the field and the rule. */
    public static Problem invalid(String field, String rule) {
        HttpStatus status = HttpStatus.BAD_REQUEST;
        String code = "INVALID_REQUEST";
        return new Problem(
                urn(code),
                status.getReasonPhrase(),
                status.value(),
                code,
                field + " " + rule,
                List.of(new FieldError(field, rule)));
    }

    public static Problem invalid(InvalidField e) {
        return invalid(e.field(), e.rule());
    }

    public ResponseEntity<Problem> response() {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }

    /** The same, and when to ask again. */
    public ResponseEntity<Problem> responseUntil(long retryAfterSeconds) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfterSeconds))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }

    /** Answers with it where there is no MVC to do so. */
    public void writeTo(HttpServletResponse response) throws IOException {
        byte[] body = StrictJson.MAPPER.writeValueAsBytes(this);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String urn(String code) {
        return "urn:tokaify:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
