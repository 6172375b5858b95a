package com.tokaify.ledger.query.web;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.service.api.ApiDocumentation;
import com.tokaify.ledger.service.api.ApiHeaders;
import com.tokaify.ledger.service.api.ProblemCode;
import com.tokaify.ledger.service.api.ServiceApi;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What the document of this service says beyond what its controllers show. */
@Configuration(proxyBeanMethods = false)
@Import(ApiDocumentation.class)
class QueryApi {
    private static final Set<String> NOT_LET_IN = Set.of("401", "403");
    private static final String WHOLE_NUMBER = "^[0-9]+$";

    @Bean
    ServiceApi serviceApi() {
        return new ServiceApi(
                "Tokaify token ledger: queries",
                """
                What tokens, accounts and the catalog are, as of a moment ago.

                Amounts are units; 500,000 are one US dollar. To read what a command has just \
                done, send the `Ledger-Position` of its answer along.
                """,
                List.of(
                        new ProblemCode("VIEW_BEHIND", HttpStatus.SERVICE_UNAVAILABLE),
                        new ProblemCode("DATABASE_UNAVAILABLE", HttpStatus.SERVICE_UNAVAILABLE)),
                List.of(
                        new ProblemCode("ACCOUNT_NOT_FOUND", HttpStatus.NOT_FOUND),
                        new ProblemCode("EVENT_NOT_FOUND", HttpStatus.NOT_FOUND),
                        new ProblemCode("EVENT_NOT_SEALED", HttpStatus.NOT_FOUND),
                        new ProblemCode("NOTHING_SEALED", HttpStatus.NOT_FOUND),
                        new ProblemCode("SEAL_KEY_UNKNOWN", HttpStatus.NOT_FOUND),
                        new ProblemCode("TILE_NOT_FOUND", HttpStatus.NOT_FOUND),
                        new ProblemCode("PROJECTION_NOT_FOUND", HttpStatus.NOT_FOUND),
                        new ProblemCode("REBUILD_RUNNING", HttpStatus.CONFLICT),
                        new ProblemCode("TOKEN_NOT_FOUND", HttpStatus.NOT_FOUND),
                        new ProblemCode("TOKEN_DELETED", HttpStatus.NOT_FOUND),
                        new ProblemCode("NOT_YET_CREATED", HttpStatus.NOT_FOUND),
                        new ProblemCode("HISTORY_NOT_KEPT", HttpStatus.GONE),
                        new ProblemCode("TOO_MANY_EXPORTS", HttpStatus.SERVICE_UNAVAILABLE),
                        new ProblemCode("TOO_MANY_LISTENERS", HttpStatus.SERVICE_UNAVAILABLE)),
                Set.of());
    }

    /** Every query waits for a position; those that set headers of their own tell a version. */
    @Bean
    GlobalOperationCustomizer headersOfQueries() {
        return (operation, handler) -> {
            operation.addParametersItem(
                    ApiHeaders.ofRequest(
                            Position.HEADER,
                            ApiHeaders.POSITION,
                            "Answer only from a view that has come this far; waits up to two"
                                    + " seconds for it."));
            if (handler.getReturnType().getParameterType() == ResponseEntity.class) {
                ApiHeaders.addToSuccess(
                        operation,
                        HttpHeaders.ETAG,
                        ApiHeaders.always(
                                ApiHeaders.SEQUENCE_TAG,
                                "The sequence of the last event in it, for `If-Match` of a"
                                        + " command."));
            }
            return operation;
        };
    }

    /** Whatever is answered, it tells how fresh the view is that it comes from. */
    @Bean
    GlobalOpenApiCustomizer headersOfViews() {
        return document ->
                document.getPaths()
                        .forEach((path, operations) ->
                                operations
                                        .readOperations()
                                        .forEach(operation -> addFreshness(path, operation)));
    }

    private static void addFreshness(String path, Operation operation) {
        operation
                .getResponses()
                .forEach((status, answer) -> {
                    // What may go wrong with any request is told once, for all of them; and who is
                    // not let in has not come to any view.
                    if (answer.get$ref() == null && !NOT_LET_IN.contains(status)) {
                        addFreshness(path, answer);
                    }
                });
    }

    private static void addFreshness(String path, ApiResponse answer) {
        answer.addHeaderObject(
                PositionGate.LAG,
                ApiHeaders.sometimes(
                        WHOLE_NUMBER, "Records of the stream that are not in the view yet."));
        answer.addHeaderObject(
                PositionGate.AGE,
                ApiHeaders.sometimes(
                        WHOLE_NUMBER,
                        "How long ago everything was in the view that was committed then, in"
                                + " milliseconds. Absent until it has caught up once."));
        if (path.contains("{" + PositionGate.ID + "}")) {
            answer.addHeaderObject(
                    Position.HEADER,
                    ApiHeaders.sometimes(
                            ApiHeaders.POSITION,
                            "How far the view is at least; send it along to see nothing older."));
        }
    }
}
