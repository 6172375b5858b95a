package com.tokaify.ledger.service.access;

import static com.tokaify.ledger.service.access.Role.AUDITOR;
import static com.tokaify.ledger.service.access.Role.OPERATOR;
import static com.tokaify.ledger.service.access.Role.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

class AccessRulesTest {
    private static final AccessRules RULES =
            AccessRules.nobodyElse()
                    .get("/v1/things/{id}", OPERATOR, OWNER)
                    .get("/v1/things/all", AUDITOR)
                    .put("/v1/names/{*name}", OPERATOR);

    private static Optional<Set<Role>> rolesFor(HttpMethod method, String path) {
        return RULES.rolesFor(method, PathContainer.parsePath(path));
    }

    /** A line holds for what it names, whatever stands in its variables. */
    @Test
    void aLineHoldsForItsOperation() {
        assertThat(rolesFor(HttpMethod.GET, "/v1/things/7")).contains(Set.of(OPERATOR, OWNER));
        assertThat(rolesFor(HttpMethod.PUT, "/v1/names/a/b%2Fc")).contains(Set.of(OPERATOR));
    }

    /** As in Spring MVC the path without a variable is meant, wherever its line stands. */
    @Test
    void theMostSpecialLineCounts() {
        assertThat(rolesFor(HttpMethod.GET, "/v1/things/all")).contains(Set.of(AUDITOR));
    }

    /** HEAD is GET without the body. */
    @Test
    void whoMayGetMayAskForTheHead() {
        assertThat(rolesFor(HttpMethod.HEAD, "/v1/things/7")).contains(Set.of(OPERATOR, OWNER));
    }

    /** What has no line is nobody's: other methods, paths below, paths beside, other spellings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/things",
                "/v1/things/7/parts",
                "/v1/things/",
                "/v1/THINGS/7",
                "/v1/other",
                "/actuator/env",
                "/"
            })
    void whatHasNoLineIsNobodys(String path) {
        assertThat(rolesFor(HttpMethod.GET, path)).isEmpty();
        assertThat(rolesFor(HttpMethod.DELETE, "/v1/things/7")).isEmpty();
    }

    /** Health and the document are for who has no token yet, to read. */
    @Test
    void healthAndTheDocumentArePublicToRead() {
        for (String path :
                new String[] {
                    "/actuator/health",
                    "/actuator/health/readiness",
                    "/v3/api-docs",
                    "/v3/api-docs/swagger-config",
                    "/swagger-ui.html",
                    "/swagger-ui/index.html"
                }) {
            assertThat(rolesFor(HttpMethod.GET, path)).as(path).contains(Set.of());
            assertThat(rolesFor(HttpMethod.POST, path)).as(path).isEmpty();
        }
    }

    /** The document writes the rest of a path as any variable, and an operation borrows no line. */
    @Test
    void anOperationIsFoundAsTheDocumentWritesIt() {
        assertThat(RULES.ofOperation(HttpMethod.PUT, "/v1/names/{name}"))
                .contains(Set.of(OPERATOR));
        assertThat(RULES.ofOperation(HttpMethod.GET, "/v1/things/some")).isEmpty();
    }

    /** A table that could be read in two ways is none. */
    @Test
    void aSecondLineForAnOperationIsRefused() {
        assertThatThrownBy(() -> RULES.get("/v1/things/{id}", AUDITOR))
                .hasMessage("GET /v1/things/{id} has two rules");
        assertThatThrownBy(() -> RULES.get("/v1/more")).hasMessage("GET /v1/more names no role");
    }
}
