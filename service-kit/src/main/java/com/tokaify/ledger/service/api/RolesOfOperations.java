package com.tokaify.ledger.service.api;

import com.tokaify.ledger.service.access.AccessRules;
import com.tokaify.ledger.service.access.Role;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.http.HttpMethod;

/**
 * Tells of each operation which roles may do it, one alternative for each role. An operation that
 * has no line in the service's table has no place in the document either, which then is not made.
 */
final class RolesOfOperations implements GlobalOpenApiCustomizer {
    private static final String ACCESS_TOKEN = "accessToken";

    private final AccessRules rules;

    RolesOfOperations(AccessRules rules) {
        this.rules = rules;
    }

    @Override
    public void customise(OpenAPI document) {
        document.getComponents()
                .addSecuritySchemes(
                        ACCESS_TOKEN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description(
                                        "An access token of the ledger's issuer; an operation names"
                                                + " the roles that may do it."));
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap()
                                .forEach((method, operation) ->
                                        tell(
                                                operation,
                                                roles(HttpMethod.valueOf(method.name()), path))));
    }

    private Set<Role> roles(HttpMethod method, String path) {
        return rules.ofOperation(method, path)
                .orElseThrow(() ->
                        new IllegalStateException("no rule says who may " + method + " " + path));
    }

    private static void tell(Operation operation, Set<Role> roles) {
        roles.forEach(role ->
                operation.addSecurityItem(
                        new SecurityRequirement().addList(ACCESS_TOKEN, role.text())));
    }
}
