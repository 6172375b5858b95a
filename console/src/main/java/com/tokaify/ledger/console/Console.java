package com.tokaify.ledger.console;

import com.tokaify.ledger.service.ServiceKit;
import com.tokaify.ledger.service.trace.TracedRequests;
import com.tokaify.ledger.service.web.CutShortAnswers;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The front door for people. Serves the web page, signs people in at an OIDC issuer (the one it
 * brings along, or any other), keeps their tokens in its own session, and forwards what the page
 * asks to the services with the person's token. It decides nothing about the ledger.
 *
 * <p>Of what services share it takes the edge, and the wall before its metrics alone: behind that
 * stand services that are asked with tokens, and this one is asked with cookies. The issuer is
 * wired by hand, since another one can take its place.
 */
@SpringBootApplication(
        exclude = {
            UserDetailsServiceAutoConfiguration.class,
            OAuth2AuthorizationServerAutoConfiguration.class,
            OAuth2AuthorizationServerJwtAutoConfiguration.class
        })
@ConfigurationPropertiesScan
@EnableScheduling
@Import({CutShortAnswers.class, ServiceKit.class, TracedRequests.class})
public class Console {

    public static void main(String[] arguments) {
        SpringApplication.run(Console.class, arguments);
    }

    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return InstantSource.system();
    }
}
