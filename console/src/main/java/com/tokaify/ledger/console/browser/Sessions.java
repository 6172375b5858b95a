package com.tokaify.ledger.console.browser;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;

/**
 * Sessions lie in PostgreSQL, where a page's many requests write to one at a time: what one has
 * added meanwhile is replaced by the next, and not an error.
 */
@Configuration(proxyBeanMethods = false)
class Sessions {

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionsOfOnePage() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }
}
