package com.tokaify.ledger.service.web;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.id.UserId;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets paths and parameters carry ids; a malformed one is refused by name. */
public final class IdsInPaths implements WebMvcConfigurer {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, TokenId.class, TokenId::parse);
        registry.addConverter(String.class, AccountId.class, AccountId::parse);
        registry.addConverter(String.class, UserId.class, UserId::parse);
    }
}
