package com.tokaify.ledger.console.browser;

import com.tokaify.ledger.console.ConsoleSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The two cookies there are. Over TLS the session's is named so that a browser takes it from this
 * very host only, and never from a neighbour that shares its domain. The other one carries the
 * token against forged requests and is for the page to read.
 */
@Configuration(proxyBeanMethods = false)
class Cookies {
    private static final String SAME_SITE = "Lax";

    @Bean
    CookieSerializer sessionCookie(ConsoleSettings console) {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(console.isSecure() ? "__Host-ledger" : "ledger");
        cookie.setUseSecureCookie(console.isSecure());
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite(SAME_SITE);
        cookie.setCookiePath("/");
        return cookie;
    }

    @Bean
    CsrfTokenRepository csrfCookie(ConsoleSettings console) {
        CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
        repository.setCookieCustomizer(
                cookie -> cookie.secure(console.isSecure()).sameSite(SAME_SITE).path("/"));
        return repository;
    }
}
