package com.tokaify.ledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.core.io.ClassPathResource;

/** The pattern every service logs by, as it stands in its settings. */
class SecretsInLogsTest {
    private static final TokenSecret SECRET = TokenSecret.generate(new SecureRandom());

    private static String logged(String message, @Nullable Throwable thrown) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("ledger-service.yaml"));
        Properties settings = Objects.requireNonNull(yaml.getObject());
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("wEx", ExtendedWhitespaceThrowableProxyConverter::new);
        layout.setPattern(settings.getProperty("logging.pattern.console"));
        layout.start();
        Logger logger = context.getLogger("com.tokaify.ledger.Some");
        LoggingEvent event =
                new LoggingEvent("", logger, Level.DEBUG, message, thrown, new Object[0]);
        event.setMDCPropertyMap(Map.of("requestId", "request-1"));
        return layout.doLayout(event);
    }

    /** A secret somebody logs is cut out of the line, with or without sk-; the rest stays. */
    @Test
    void cutsSecretsOutOfMessages() {
        String bare = SECRET.reveal().substring("sk-".length());
        for (String given : new String[] {SECRET.reveal(), bare, "sk-" + "aB3".repeat(16)}) {
            String line = logged("Read [{\"key\":\"" + given + "\",\"name\":\"ci\"}]", null);
            assertThat(line)
                    .contains(
                            "DEBUG",
                            "com.tokaify.ledger.Some",
                            "request-1",
                            "\"name\":\"ci\"",
                            "[hidden]")
                    .doesNotContain(given.substring(given.length() - 16));
        }
    }

    /** An exception that repeats what it could not read is no way around. */
    @Test
    void cutsSecretsOutOfExceptions() {
        Exception thrown =
                new IllegalArgumentException(
                        "not a number: " + SECRET.reveal(),
                        new IllegalStateException("from \"" + SECRET.reveal() + "\""));
        String line = logged("a request failed", thrown);
        assertThat(line)
                .contains("IllegalArgumentException", "Caused by", "SecretsInLogsTest")
                .doesNotContain(SECRET.reveal().substring(10));
    }

    /** What lists show of a secret is no secret, and stays. */
    @Test
    void leavesTheMask() {
        assertThat(logged("created " + SECRET.mask(), null)).contains(SECRET.mask());
    }
}
