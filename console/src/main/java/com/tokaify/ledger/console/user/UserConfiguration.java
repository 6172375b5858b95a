package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import io.github.bucket4j.TimeMeter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What sign-in by password needs. */
@Configuration(proxyBeanMethods = false)
@WithEmbeddedIssuer
class UserConfiguration {

    @Bean
    SignInLimit signInLimit(SignInSettings settings) {
        return new SignInLimit(settings, TimeMeter.SYSTEM_NANOTIME);
    }
}
