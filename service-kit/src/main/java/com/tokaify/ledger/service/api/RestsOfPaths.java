package com.tokaify.ledger.service.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Writes a variable that takes the rest of a path, slashes and all, as any other: OpenAPI has no
 * word for it. An extension of the parameter tells those who know that.
 */
final class RestsOfPaths implements GlobalOpenApiCustomizer {
    private static final String TAKES_SLASHES = "x-takes-slashes";

    private static final Pattern REST = Pattern.compile("\\{\\*(\\w+)}$");

    @Override
    public void customise(OpenAPI document) {
        Paths plain = new Paths();
        document.getPaths().forEach((path, item) -> plain.addPathItem(plain(path, item), item));
        document.setPaths(plain);
    }

    private static String plain(String path, PathItem item) {
        Matcher rest = REST.matcher(path);
        if (!rest.find()) {
            return path;
        }
        String variable = rest.group(1);
        item.readOperations().stream()
                .flatMap(operation -> operation.getParameters().stream())
                .filter(parameter -> variable.equals(parameter.getName()))
                .forEach(parameter -> parameter.addExtension(TAKES_SLASHES, true));
        return path.substring(0, rest.start()) + "{" + variable + "}";
    }
}
