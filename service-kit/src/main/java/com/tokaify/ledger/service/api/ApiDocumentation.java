package com.tokaify.ledger.service.api;

import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.AccessRules;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * A service that describes its API: OpenAPI 3.1 at {@code /v3/api-docs}, made from the controllers
 * when it is first asked for, and Swagger UI at {@code /swagger-ui.html}. Imported by application
 * classes by name, beside a bean of {@link ServiceApi}. Needs springdoc, which is an optional
 * dependency of this module: a service without MVC controllers does without.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("springdoc.api-docs.enabled")
public class ApiDocumentation {
    private static final String VERSION = "1";

    static {
        // Who sends a request is no parameter of it.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Access.class);
    }

    @Bean
    OpenAPI document(ServiceApi api) {
        return new OpenAPI(SpecVersion.V31)
                .info(
                        new Info()
                                .title(api.title())
                                .description(api.description())
                                .version(VERSION)
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components());
    }

    @Bean
    MarkdownJavadoc javadoc() {
        return new MarkdownJavadoc();
    }

    @Bean
    RecordSchemas recordSchemas(
            ObjectMapperProvider mappers, MarkdownJavadoc javadoc, ServiceApi api) {
        return new RecordSchemas(mappers, javadoc, api.patchFields());
    }

    @Bean
    TextTypes textTypes(ObjectMapperProvider mappers) {
        return new TextTypes(mappers);
    }

    @Bean
    QueryParameterList queryParameterList() {
        return new QueryParameterList();
    }

    @Bean
    IdParameters idParameters() {
        return new IdParameters();
    }

    @Bean
    RestsOfPaths restsOfPaths() {
        return new RestsOfPaths();
    }

    @Bean
    OperationNames operationNames() {
        return new OperationNames();
    }

    @Bean
    @Order(1)
    ProblemAnswers problemAnswers(ServiceApi api, ObjectProvider<AccessRules> rules) {
        return new ProblemAnswers(api, rules.getIfAvailable() != null);
    }

    /** Of a service that has a table of them. */
    @Bean
    @Order(1)
    GlobalOpenApiCustomizer rolesOfOperations(ObjectProvider<AccessRules> rules) {
        AccessRules table = rules.getIfAvailable();
        return table == null ? _ -> {} : new RolesOfOperations(table);
    }

    @Bean
    @Order(2)
    RequestIds requestIds() {
        return new RequestIds();
    }

    @Bean
    @Order(3)
    RequestsAndAnswers requestsAndAnswers() {
        return new RequestsAndAnswers();
    }

    @Bean
    @Order(4)
    DocumentOrder documentOrder() {
        return new DocumentOrder();
    }
}
