package com.tokaify.ledger.service.problem;

import com.tokaify.ledger.events.InvalidField;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * The one place where exceptions become problem details. What nobody expected is logged here and
 * told as a bare 500.
 */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,39}");

    @ExceptionHandler
    ResponseEntity<Problem> problem(ProblemException e) {
        return e.problem().response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalidField(InvalidField e) {
        return Problem.invalid(e).response();
    }

    /** Parameters Tomcat cannot decode, told without repeating them. */
    @ExceptionHandler
    ResponseEntity<Problem> undecodable(InvalidParameterException e) {
        HttpStatus status =
                Objects.requireNonNullElse(
                        HttpStatus.resolve(e.getErrorCode()), HttpStatus.BAD_REQUEST);
        return Problem.of(status, status.name(), "The parameters cannot be decoded.").response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> unexpected(Exception e) {
        return logged(e).response();
    }

    private static Problem logged(Exception e) {
        LOG.error("a request failed unexpectedly", e);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "INTERNAL_ERROR",
                "Something went wrong here; it is logged.");
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return body(ofBody(e));
    }

    /**
     * Everything else Spring refuses: unknown path, wrong method, missing parameter, unsupported
     * media type.
     */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        InvalidField rule = causeOf(e, InvalidField.class);
        if (rule != null) {
            return body(Problem.invalid(rule));
        }
        if (status.is5xxServerError()) {
            return body(logged(e));
        }
        Problem problem =
                switch (e) {
                    case MissingServletRequestParameterException missing ->
                            Problem.invalid(missing.getParameterName(), "is required");
                    case MissingRequestHeaderException missing ->
                            Problem.invalid(missing.getHeaderName(), "is required");
                    case MethodArgumentTypeMismatchException mismatch ->
                            Problem.invalid(
                                    mismatch.getName(), "cannot be read as " + wanted(mismatch));
                    case Exception other -> {
                        HttpStatus known =
                                Objects.requireNonNull(HttpStatus.resolve(status.value()));
                        yield Problem.of(known, known.name(), detailOf(other, known));
                    }
                };
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** What is wrong with a JSON body, by field and rule. */
    static Problem ofBody(Exception e) {
        InvalidField rule = causeOf(e, InvalidField.class);
        JacksonException json = causeOf(e, JacksonException.class);
        if (rule != null) {
            return Problem.invalid(
                    json instanceof ValueInstantiationException where ? at(where, rule) : rule);
        }
        if (json instanceof UnrecognizedPropertyException unknown) {
            return Problem.invalid(path(unknown), "is not a field of this request");
        }
        if (json instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
            Class<?> type = mismatch.getTargetType();
            return Problem.invalid(path(mismatch), "must be " + JsonWords.of(type));
        }
        if (json instanceof InputCoercionException beyond && !beyond.getPath().isEmpty()) {
            return Problem.invalid(path(beyond), "must be " + JsonWords.of(beyond.getTargetType()));
        }
        return Problem.invalid("body", "must be one JSON object");
    }

    /**
     * A rule that is broken deep in a body, told with the way to it: a value that is one text is
     * named by its place, a field of an object by the object's place and its own name.
     */
    private static InvalidField at(ValueInstantiationException where, InvalidField rule) {
        String path = path(where);
        RecordComponent[] fields = where.getType().getRawClass().getRecordComponents();
        boolean ofItsObject =
                fields != null
                        && Arrays.stream(fields)
                                .anyMatch(field -> field.getName().equals(rule.field()));
        if (path.isEmpty()) {
            return rule;
        }
        return new InvalidField(ofItsObject ? path + "." + rule.field() : path, rule.rule());
    }

    private static String path(JacksonException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getPropertyName() != null
                                ? "." + told(step.getPropertyName())
                                : "[" + step.getIndex() + "]")
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    /**
     * A name no field can have is not repeated: it may be a secret, pasted into the wrong place.
     */
    private static String told(String name) {
        return NAME.matcher(name).matches() ? name : "(unnamed)";
    }

    private static String wanted(MethodArgumentTypeMismatchException e) {
        return JsonWords.of(e.getRequiredType());
    }

    private static String detailOf(Exception e, HttpStatus status) {
        return e instanceof org.springframework.web.ErrorResponse known
                        && known.getBody().getDetail() != null
                ? Objects.requireNonNull(known.getBody().getDetail())
                : status.getReasonPhrase();
    }

    private static ResponseEntity<Object> body(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
