package com.tokaify.ledger.service.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.util.MultiValueMap;
import org.springframework.web.method.HandlerMethod;

/**
 * Lists the parameters of a query that reads the map of them all by itself: instead of that map
 * what {@link QueryOf} names.
 */
final class QueryParameterList implements GlobalOperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (MultiValueMap.class.isAssignableFrom(parameter.getParameterType())) {
                String name = parameter.getParameter().getName();
                operation.getParameters().removeIf(listed -> name.equals(listed.getName()));
            }
            QueryOf query = parameter.getParameterAnnotation(QueryOf.class);
            if (query != null) {
                parameters(query.value()).forEach(operation::addParametersItem);
            }
        }
        return operation;
    }

    private static List<Parameter> parameters(Class<? extends Record> query) {
        Schema<?> record =
                ModelConverters.getInstance(true)
                        .resolveAsResolvedSchema(new AnnotatedType(query).resolveAsRef(true))
                        .referencedSchemas
                        .get(query.getSimpleName());
        List<Parameter> parameters = new ArrayList<>();
        Objects.requireNonNull(record)
                .getProperties()
                .forEach((name, schema) -> parameters.add(parameter(name, schema)));
        return parameters;
    }

    private static Parameter parameter(String name, Schema<?> schema) {
        boolean required = !Schemas.allowsNull(schema) && schema.getDefault() == null;
        Parameter parameter =
                new QueryParameter()
                        .name(name)
                        .required(required)
                        .description(schema.getDescription())
                        .schema(Schemas.withoutNull(schema));
        schema.setDescription(null);
        return parameter;
    }
}
