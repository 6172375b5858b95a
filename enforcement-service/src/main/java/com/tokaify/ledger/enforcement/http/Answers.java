package com.tokaify.ledger.enforcement.http;

import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.service.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Writes whole answers to servlet responses. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private Answers() {}

    public static void json(HttpServletResponse response, HttpStatus status, byte[] body)
            throws IOException {
        write(response, status.value(), MediaType.APPLICATION_JSON_VALUE, body);
    }

    public static void problem(HttpServletResponse response, Problem problem) throws IOException {
        write(
                response,
                problem.status(),
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                StrictJson.MAPPER.writeValueAsBytes(problem));
    }

    /** A problem that is expected to pass: 503 with a hint when to come back. */
    public static void passingProblem(HttpServletResponse response, String code, String detail)
            throws IOException {
        comeBack(response);
        problem(response, Problem.of(HttpStatus.SERVICE_UNAVAILABLE, code, detail));
    }

    public static void comeBack(HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }

    /** What nobody expected: logged here, told as a bare 500. */
    public static void unexpected(HttpServletResponse response, RuntimeException e)
            throws IOException {
        LOG.error("a request failed unexpectedly", e);
        problem(
                response,
                Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "INTERNAL_ERROR",
                        "Something went wrong here; it is logged."));
    }

    private static void write(
            HttpServletResponse response, int status, String contentType, byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
