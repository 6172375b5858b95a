package com.tokaify.ledger.service.api;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/** Gives ids in paths their pattern; springdoc sees that Spring converts them from any text. */
final class IdParameters implements GlobalOperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            Schema<?> schema = TextTypes.schemaOf(parameter.getParameterType());
            if (schema != null) {
                give(operation, parameter.getParameter().getName(), schema);
            }
        }
        return operation;
    }

    private static void give(Operation operation, String parameter, Schema<?> schema) {
        operation.getParameters().stream()
                .filter(listed -> parameter.equals(listed.getName()))
                .forEach(listed -> listed.setSchema(schema));
    }
}
