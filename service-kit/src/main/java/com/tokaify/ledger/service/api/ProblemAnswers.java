package com.tokaify.ledger.service.api;

import com.tokaify.ledger.service.problem.Problem;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * What may go wrong with each operation: an answer for each status, which lists the codes it comes
 * with, and {@code default} for what may go wrong with anything, also with a path nobody knows.
 */
final class ProblemAnswers implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {
    /** Of the component for {@code default}. */
    static final String ANYTHING = "Problem";

    private static final ProblemCode INVALID_REQUEST =
            new ProblemCode("INVALID_REQUEST", HttpStatus.BAD_REQUEST);

    private static final List<ProblemCode> OF_BODIES =
            List.of(
                    ProblemCode.of(HttpStatus.CONTENT_TOO_LARGE),
                    ProblemCode.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE));

    private static final List<ProblemCode> OF_ANYTHING =
            List.of(
                    ProblemCode.of(HttpStatus.BAD_REQUEST),
                    ProblemCode.of(HttpStatus.NOT_FOUND),
                    ProblemCode.of(HttpStatus.METHOD_NOT_ALLOWED),
                    ProblemCode.of(HttpStatus.NOT_ACCEPTABLE),
                    ProblemCode.of(HttpStatus.CONTENT_TOO_LARGE),
                    ProblemCode.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
                    new ProblemCode("INTERNAL_ERROR", HttpStatus.INTERNAL_SERVER_ERROR));

    private static final ProblemCode UNAUTHENTICATED =
            new ProblemCode("UNAUTHENTICATED", HttpStatus.UNAUTHORIZED);

    private static final List<ProblemCode> OF_CALLERS =
            List.of(
                    UNAUTHENTICATED,
                    ProblemCode.of(HttpStatus.FORBIDDEN),
                    new ProblemCode("ISSUER_UNAVAILABLE", HttpStatus.SERVICE_UNAVAILABLE));

    private final ServiceApi api;
    private final boolean asksWhoCalls;

    ProblemAnswers(ServiceApi api, boolean asksWhoCalls) {
        this.api = api;
        this.asksWhoCalls = asksWhoCalls;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        List<ProblemCode> problems = new ArrayList<>(api.always());
        problems.add(INVALID_REQUEST);
        if (asksWhoCalls) {
            problems.addAll(OF_CALLERS);
        }
        if (operation.getRequestBody() != null) {
            problems.addAll(OF_BODIES);
        }
        problems.addAll(api.ofKind().apply(handler));
        problems.addAll(refusals(handler));
        byStatus(problems)
                .forEach((status, codes) ->
                        operation
                                .getResponses()
                                .addApiResponse(
                                        String.valueOf(status.value()), answer(status, codes)));
        operation
                .getResponses()
                .addApiResponse(ApiResponses.DEFAULT, new ApiResponse().$ref(ANYTHING));
        return operation;
    }

    private List<ProblemCode> refusals(HandlerMethod handler) {
        Problems named = AnnotationUtils.findAnnotation(handler.getMethod(), Problems.class);
        if (named == null) {
            named = AnnotationUtils.findAnnotation(handler.getBeanType(), Problems.class);
        }
        if (named == null) {
            throw new IllegalStateException(
                    "@Problems does not say with which codes this is refused: " + handler);
        }
        return Arrays.stream(named.value()).map(api::refusal).toList();
    }

    private static SortedMap<HttpStatus, SortedSet<String>> byStatus(List<ProblemCode> problems) {
        SortedMap<HttpStatus, SortedSet<String>> byStatus = new TreeMap<>();
        for (ProblemCode problem : problems) {
            byStatus.computeIfAbsent(problem.status(), _ -> new TreeSet<>()).add(problem.code());
        }
        return byStatus;
    }

    private static ApiResponse answer(HttpStatus status, SortedSet<String> codes) {
        Schema<?> schema =
                problem(codes)
                        .addProperty(
                                "status", new Schema<>(SpecVersion.V31)._const(status.value()));
        ApiResponse answer = answer(status.getReasonPhrase(), schema);
        if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
            answer.addHeaderObject(
                    HttpHeaders.RETRY_AFTER,
                    ApiHeaders.always("^[0-9]+$", "Seconds after which to ask again."));
        }
        if (status == HttpStatus.UNAUTHORIZED) {
            answer.addHeaderObject(
                    HttpHeaders.WWW_AUTHENTICATE,
                    ApiHeaders.always("^Bearer", "As RFC 6750 has it."));
        }
        return answer;
    }

    private static ApiResponse answer(String description, Schema<?> schema) {
        return new ApiResponse()
                .description(description)
                .content(
                        new Content()
                                .addMediaType(
                                        org.springframework.http.MediaType
                                                .APPLICATION_PROBLEM_JSON_VALUE,
                                        new MediaType().schema(schema)));
    }

    /** A problem document with one of these codes. */
    private static Schema<?> problem(Iterable<String> codes) {
        return new Schema<>(SpecVersion.V31)
                .$ref(Components.COMPONENTS_SCHEMAS_REF + Problem.class.getSimpleName())
                .addProperty("code", Schemas.oneOf(codes));
    }

    @Override
    public void customise(OpenAPI document) {
        Components components = document.getComponents();
        ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(Problem.class).resolveAsRef(true))
                .referencedSchemas
                .forEach(components::addSchemas);
        SortedSet<String> codes = new TreeSet<>();
        OF_ANYTHING.forEach(problem -> codes.add(problem.code()));
        if (asksWhoCalls) {
            codes.add(UNAUTHENTICATED.code());
        }
        components.addResponses(
                ANYTHING, answer("What may go wrong with any request.", problem(codes)));
    }
}
