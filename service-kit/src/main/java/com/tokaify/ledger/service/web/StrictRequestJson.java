package com.tokaify.ledger.service.web;

import com.tokaify.ledger.events.codec.StrictJson;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.core.Ordered;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests are read as strictly as events, and more: a field nobody knows is an error, since a
 * caller who misspells {@code quotaLimit} must not get an unlimited token.
 */
public final class StrictRequestJson implements JsonMapperBuilderCustomizer, Ordered {

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
