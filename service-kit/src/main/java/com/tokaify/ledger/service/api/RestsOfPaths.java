package com.tokaify.ledger.service.api;

import io.swagger.v3.oas.models.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/**
 * Marks a variable that takes the rest of a path, slashes and all: springdoc writes it as any
 * other, since OpenAPI has no word for it. An extension of the parameter tells those who know that.
 */
final class RestsOfPaths implements GlobalOperationCustomizer {
    private static final String TAKES_SLASHES = "x-takes-slashes";

    private static final Pattern REST = Pattern.compile("\\{\\*(\\w+)}$");

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        Set<String> rests = rests(method);
        if (!rests.isEmpty()) {
            operation.getParameters().stream()
                    .filter(parameter -> rests.contains(parameter.getName()))
                    .forEach(parameter -> parameter.addExtension(TAKES_SLASHES, true));
        }
        return operation;
    }

    private static Set<String> rests(HandlerMethod method) {
        RequestMapping mapping =
                AnnotatedElementUtils.findMergedAnnotation(
                        method.getMethod(), RequestMapping.class);
        List<String> paths = mapping == null ? List.of() : Arrays.asList(mapping.path());
        return paths.stream()
                .flatMap(path -> REST.matcher(path).results())
                .map((MatchResult rest) -> rest.group(1))
                .collect(Collectors.toSet());
    }
}
