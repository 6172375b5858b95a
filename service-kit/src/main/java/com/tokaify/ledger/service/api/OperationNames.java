package com.tokaify.ledger.service.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.util.StringUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Calls operations by their controller and method, {@code tokenCreate}, which generated clients
 * turn into methods, and tags them with what the controller is about, {@code token}.
 */
final class OperationNames implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {
    private static final String SPRINGDOCS_SUFFIX = "-controller";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        String controller = Names.ofController(handler.getBeanType());
        String method = StringUtils.capitalize(handler.getMethod().getName());
        operation.setOperationId(StringUtils.uncapitalize(Names.prefixed(controller, method)));
        operation.setTags(operation.getTags().stream().map(OperationNames::tag).toList());
        if ((operation.getSummary() + ".").equals(operation.getDescription())) {
            operation.setDescription(null);
        }
        return operation;
    }

    @Override
    public void customise(OpenAPI document) {
        if (document.getTags() != null) {
            document.getTags().forEach(tag -> tag.setName(tag(tag.getName())));
        }
    }

    private static String tag(String name) {
        return name.endsWith(SPRINGDOCS_SUFFIX)
                ? name.substring(0, name.length() - SPRINGDOCS_SUFFIX.length())
                : name;
    }
}
