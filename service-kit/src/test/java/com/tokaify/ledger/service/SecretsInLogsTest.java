package com.tokaify.ledger.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** Both ways every service logs, as they stand in its settings. */
class SecretsInLogsTest {
    private static final TokenSecret SECRET = TokenSecret.generate(new SecureRandom());
    private static final String ACCESS_TOKEN =
            "eyJraWQiOiJmaXJzdCJ9.eyJzdWIiOiJ1c3Jfb3BlcmF0b3IifQ.c2lnbmF0dXJl";

    /** What LEDGER_LOG_FORMAT may be. */
    enum Format {
        TEXT {
            @Override
            String line(Environment settings, LoggerContext context, LoggingEvent event) {
                PatternLayout layout = new PatternLayout();
                layout.setContext(context);
                layout.getInstanceConverterMap()
                        .put("wEx", ExtendedWhitespaceThrowableProxyConverter::new);
                layout.setPattern(settings.getProperty("logging.pattern.console"));
                layout.start();
                return layout.doLayout(event);
            }
        },
        JSON {
            @Override
            String line(Environment settings, LoggerContext context, LoggingEvent event) {
                context.putObject(Environment.class.getName(), settings);
                StructuredLogEncoder encoder = new StructuredLogEncoder();
                encoder.setContext(context);
                encoder.setFormat(settings.getProperty("ledger.log.formats.json", ""));
                encoder.start();
                return new String(encoder.encode(event), UTF_8);
            }
        };

        abstract String line(Environment settings, LoggerContext context, LoggingEvent event);
    }

    private static Environment settings() {
        StandardEnvironment environment = new StandardEnvironment();
        try {
            new YamlPropertySourceLoader()
                    .load("service", new ClassPathResource("ledger-service.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return environment;
    }

    private static String logged(Format format, String message, @Nullable Throwable thrown) {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("com.tokaify.ledger.Some");
        LoggingEvent event =
                new LoggingEvent("", logger, Level.DEBUG, message, thrown, new Object[0]);
        event.setMDCPropertyMap(Map.of("requestId", "request-1"));
        return format.line(settings(), context, event);
    }

    /** A secret somebody logs is cut out of the line, with or without sk-; the rest stays. */
    @ParameterizedTest
    @EnumSource
    void cutsSecretsOutOfMessages(Format format) {
        String bare = SECRET.reveal().substring("sk-".length());
        for (String given : new String[] {SECRET.reveal(), bare, "sk-proj-" + "aB3".repeat(16)}) {
            String line = logged(format, "Read [{'key':'" + given + "','name':'ci'}]", null);
            assertThat(line)
                    .contains(
                            "DEBUG",
                            "com.tokaify.ledger.Some",
                            "request-1",
                            "'name':'ci'",
                            "[hidden]")
                    .doesNotContain(given.substring(given.length() - 16));
        }
    }

    /** Who logs a whole request logs no access token and no client's secret with it. */
    @ParameterizedTest
    @EnumSource
    void cutsWhatAuthorizationHolds(Format format) {
        for (String scheme : new String[] {"Bearer ", "bearer ", "Basic ", "basic "}) {
            String line = logged(format, "authorization: " + scheme + ACCESS_TOKEN + ", q=1", null);
            assertThat(line).contains(scheme + "[hidden], q=1").doesNotContain("eyJ", "c2lnbm");
        }
    }

    /** An exception that repeats what it could not read is no way around. */
    @ParameterizedTest
    @EnumSource
    void cutsSecretsOutOfExceptions(Format format) {
        Exception thrown =
                new IllegalArgumentException(
                        "not a number: " + SECRET.reveal(),
                        new IllegalStateException("from '" + SECRET.reveal() + "'"));
        String line = logged(format, "a request failed", thrown);
        assertThat(line)
                .contains("IllegalArgumentException", "Caused by", "SecretsInLogsTest")
                .doesNotContain(SECRET.reveal().substring(10));
    }

    /** What lists show of a secret is no secret, and stays. */
    @ParameterizedTest
    @EnumSource
    void leavesTheMask(Format format) {
        assertThat(logged(format, "created " + SECRET.mask(), null)).contains(SECRET.mask());
    }

    /** One line an event, for programs that read lines, by names they know. */
    @Test
    void jsonIsOneLineOfTheElasticCommonSchema() {
        String line = logged(Format.JSON, "two\nlines", new IllegalStateException("and a trace"));
        assertThat(line).endsWith("\n");
        assertThat(line.strip()).doesNotContain("\n");
        assertThat(StrictJson.MAPPER.readTree(line).path("message").asString())
                .isEqualTo("two\nlines");
        assertThat(StrictJson.MAPPER.readTree(line).path("requestId").asString())
                .isEqualTo("request-1");
    }

    /** Text unless it is asked for; what is no format stops the start and is not taken for one. */
    @Test
    void theFormatIsTextUnlessSaidOtherwise() {
        assertThat(settings().getProperty("logging.structured.format.console")).isEmpty();
    }
}
