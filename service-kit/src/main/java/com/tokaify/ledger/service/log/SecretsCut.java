package com.tokaify.ledger.service.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;

/**
 * Cuts what begins as a secret out of every text of a line of JSON: message, exception, request id,
 * whoever put it there. Lines of text have the same cut by their pattern; what a secret looks like
 * is said once, in {@code ledger.log.secrets}. Made by Spring Boot before there are any beans.
 */
public final class SecretsCut implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {
    private final Pattern secrets;

    public SecretsCut(Environment environment) {
        this.secrets = Pattern.compile(environment.getRequiredProperty("ledger.log.secrets"));
    }

    @Override
    public void customize(JsonWriter.Members<ILoggingEvent> members) {
        members.applyingValueProcessor(JsonWriter.ValueProcessor.of(String.class, this::cut));
    }

    private @Nullable String cut(@Nullable String text) {
        return text == null ? null : secrets.matcher(text).replaceAll("$1[hidden]");
    }
}
