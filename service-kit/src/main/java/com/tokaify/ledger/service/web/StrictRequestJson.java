package com.tokaify.ledger.service.web;

import com.tokaify.ledger.events.codec.StrictJson;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.core.Ordered;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests are read as strictly as events, and more: a field nobody knows is an error, since a
 * caller who misspells {@code quotaLimit} must not get an unlimited token. JSON is UTF-8, as RFC
 * 8259 has it, and never guessed to be UTF-16 or UTF-32.
 */
public final class StrictRequestJson
        implements JsonFactoryBuilderCustomizer, JsonMapperBuilderCustomizer, Ordered {

    @Override
    public void customize(JsonFactoryBuilder builder) {
        builder.disable(TokenStreamFactory.Feature.CHARSET_DETECTION);
    }

    @Override
    public void customize(JsonMapper.Builder builder) {
        StrictJson.tighten(builder).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** After Spring Boot's own, so that ours holds. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
