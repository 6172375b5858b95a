package com.tokaify.ledger.service.api;

import com.tokaify.ledger.service.web.RequestIdFilter;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** The header {@code X-Request-Id}, which every request may have and every answer has. */
final class RequestIds implements GlobalOpenApiCustomizer {
    private static final String NAME = RequestIdFilter.REQUEST_ID;

    @Override
    public void customise(OpenAPI document) {
        Components components = document.getComponents();
        components.addParameters(
                NAME,
                ApiHeaders.ofRequest(
                        NAME,
                        "Names this request in the log and in the events it causes, where it is"
                                + " like `"
                                + RequestIdFilter.WELL_FORMED
                                + "`."));
        components.addHeaders(
                NAME,
                ApiHeaders.always(
                        RequestIdFilter.WELL_FORMED,
                        "The id of the request: the caller's own, or a new one."));
        Operations.of(document)
                .forEach(operation -> {
                    operation.addParametersItem(new Parameter().$ref(NAME));
                    operation.getResponses().values().forEach(RequestIds::add);
                });
        components.getResponses().values().forEach(RequestIds::add);
    }

    private static void add(ApiResponse answer) {
        if (answer.get$ref() == null) {
            answer.addHeaderObject(NAME, new Header().$ref(NAME));
        }
    }
}
