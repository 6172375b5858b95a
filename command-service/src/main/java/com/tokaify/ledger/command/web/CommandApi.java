package com.tokaify.ledger.command.web;

import static java.util.Objects.requireNonNull;

import com.tokaify.ledger.command.decision.Change;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.idempotency.RepeatableRequest;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.ApiDocumentation;
import com.tokaify.ledger.service.api.ApiHeaders;
import com.tokaify.ledger.service.api.ProblemCode;
import com.tokaify.ledger.service.api.ServiceApi;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.method.HandlerMethod;

/** What the document of this service says beyond what its controllers show. */
@Configuration(proxyBeanMethods = false)
@Import(ApiDocumentation.class)
class CommandApi {
    private static final String IMPORT = "/v1/tokens/import";

    @Bean
    ServiceApi serviceApi() {
        return new ServiceApi(
                "Tokaify token ledger: commands",
                """
                What changes accounts, the catalog and tokens. An answer says that the change is \
                durable.

                Amounts are units; 500,000 are one US dollar. A command that changes nothing \
                succeeds and makes no event.
                """,
                List.of(
                        new ProblemCode("LEDGER_UNAVAILABLE", HttpStatus.SERVICE_UNAVAILABLE),
                        new ProblemCode("VAULT_UNAVAILABLE", HttpStatus.SERVICE_UNAVAILABLE)),
                CommandApi::problemsOfRepetitions,
                refusals(),
                Set.of(Change.class));
    }

    private static List<ProblemCode> problemsOfRepetitions(HandlerMethod handler) {
        return looksAtItsRequest(handler)
                ? List.of(
                        new ProblemCode("IDEMPOTENCY_KEY_REUSED", HttpStatus.UNPROCESSABLE_CONTENT))
                : List.of();
    }

    /** Those of the domain and those of the edge. */
    private static List<ProblemCode> refusals() {
        List<ProblemCode> refusals =
                new ArrayList<>(
                        List.of(
                                new ProblemCode(Access.SIGN_IN_AGAIN, HttpStatus.FORBIDDEN),
                                new ProblemCode("SECRET_GONE", HttpStatus.CONFLICT),
                                new ProblemCode("TOO_MANY_REVEALS", HttpStatus.TOO_MANY_REQUESTS)));
        for (Refusal refusal : Refusal.values()) {
            refusals.add(new ProblemCode(refusal.name(), Answers.status(refusal)));
        }
        return refusals;
    }

    /**
     * A command that looks at its request may be repeated under a key, one about what exists may
     * have a condition. Answers that set headers of their own tell where their event stands.
     */
    @Bean
    GlobalOperationCustomizer headersOfCommands() {
        return (operation, handler) -> {
            if (looksAtItsRequest(handler)) {
                operation.addParametersItem(
                        ApiHeaders.ofRequest(
                                RepeatableRequest.HEADER,
                                RepeatableRequest.PATTERN,
                                "Names the request, so that it is safe to repeat: what it asks for"
                                        + " is done once and answered alike. Another request under"
                                        + " the same key is refused."));
            }
            if (isAboutWhatExists(handler)) {
                operation.addParametersItem(
                        ApiHeaders.ofRequest(
                                HttpHeaders.IF_MATCH,
                                IfMatch.PATTERN,
                                "The `ETag` the caller has seen: refused where settings have changed"
                                        + " since. `*` is no condition."));
            }
            if (handler.getReturnType().getParameterType() == ResponseEntity.class) {
                ApiHeaders.addToSuccess(
                        operation,
                        Position.HEADER,
                        ApiHeaders.always(
                                ApiHeaders.POSITION,
                                "Where the last event of this command stands. A query that sends it"
                                        + " along waits until it has it."));
                ApiHeaders.addToSuccess(
                        operation,
                        HttpHeaders.ETAG,
                        ApiHeaders.sometimes(
                                ApiHeaders.SEQUENCE_TAG,
                                "The sequence of the stream's last event, where it is known."));
            }
            return operation;
        };
    }

    private static boolean looksAtItsRequest(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == HttpServletRequest.class);
    }

    private static boolean isAboutWhatExists(HandlerMethod handler) {
        return handler.hasMethodAnnotation(PutMapping.class)
                || Arrays.stream(handler.getMethodParameters())
                        .anyMatch(
                                parameter -> parameter.hasParameterAnnotation(PathVariable.class));
    }

    /** An import reads bytes, of which springdoc cannot know what they say. */
    @Bean
    GlobalOpenApiCustomizer bodiesOfImports() {
        return document -> {
            Content bodies =
                    requireNonNull(document.getPaths().get(IMPORT))
                            .getPost()
                            .getRequestBody()
                            .getContent();
            Schema<?> json = new Schema<>(SpecVersion.V31);
            json.addType("array");
            json.addType("object");
            json.setDescription("A list of tokens, alone or as `data` or `data.items`.");
            requireNonNull(bodies.get(MediaType.APPLICATION_JSON_VALUE)).setSchema(json);
            Schema<?> csv = new Schema<>(SpecVersion.V31);
            csv.addType("string");
            csv.setDescription("A line of names, then one line for each token.");
            requireNonNull(bodies.get("text/csv")).setSchema(csv);
        };
    }
}
