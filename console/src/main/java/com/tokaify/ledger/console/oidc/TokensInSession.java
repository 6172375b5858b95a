package com.tokaify.ledger.console.oidc;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

/** Tokens live in the session they were given for and die with it. */
@Configuration(proxyBeanMethods = false)
class TokensInSession {

    @Bean
    OAuth2AuthorizedClientRepository tokensOfPeople() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }
}
