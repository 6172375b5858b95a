package com.tokaify.ledger.console.browser;

import com.tokaify.ledger.console.ConsoleSettings;
import com.tokaify.ledger.console.Role;
import com.tokaify.ledger.console.SessionSettings;
import com.tokaify.ledger.console.edge.Refusals;
import com.tokaify.ledger.console.edge.SafeHeaders;
import com.tokaify.ledger.console.edge.SessionAge;
import com.tokaify.ledger.console.oidc.OidcSignIn;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * The chain of everything a browser asks for. It knows cookies and no bearer tokens: one in a
 * request is as good as none. Who is signed in may ask the services, which decide; the console
 * itself keeps who gets in, and where its services are, to operators. What people are called it
 * tells each as far as it is their business.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class BrowserSecurity {
    private static final String[] FILES = {
        "/*.js",
        "/icon.svg",
        "/core/**",
        "/lib/**",
        "/messages/**",
        "/pages/**",
        "/parts/**",
        "/styles/**",
        "/webjars/**"
    };

    @Bean
    SessionAge sessionAge(SessionSettings settings, InstantSource clock) {
        return new SessionAge(settings, clock);
    }

    /** Filters of the chains, not of every request: Spring Boot would add each one it finds. */
    @Bean
    FilterRegistrationBean<SessionAge> sessionAgeInChainsOnly(SessionAge age) {
        var registration = new FilterRegistrationBean<>(age);
        registration.setEnabled(false);
        return registration;
    }

    /**
     * What the page is made of is the same for everybody. A page asks for some eighty of them, and
     * whose session that is would be looked up and written down in PostgreSQL for each.
     */
    @Bean
    @Order(0)
    SecurityFilterChain filesChain(HttpSecurity http, ConsoleSettings console) {
        http.securityMatcher(FILES);
        http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        http.headers(new SafeHeaders(console));
        http.csrf(AbstractHttpConfigurer::disable);
        http.securityContext(AbstractHttpConfigurer::disable);
        http.sessionManagement(AbstractHttpConfigurer::disable);
        http.requestCache(AbstractHttpConfigurer::disable);
        http.logout(AbstractHttpConfigurer::disable);
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain browserChain(
            HttpSecurity http,
            ConsoleSettings console,
            SessionAge age,
            CsrfTokenRepository csrfCookie,
            OidcSignIn signIn,
            SignOut signOut) {
        Refusals refusals = new Refusals();
        http.authorizeHttpRequests(requests ->
                requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/api/settings")
                        .permitAll()
                        .requestMatchers("/api/users/**", "/api/clients/**", "/api/instances")
                        .hasRole(Role.OPERATOR.name())
                        .requestMatchers("/api/**")
                        .authenticated()
                        .requestMatchers(HttpMethod.POST, "/sign-in", "/invitation/*")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD, "/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll());
        http.csrf(csrf -> csrf.spa().csrfTokenRepository(csrfCookie));
        http.headers(new SafeHeaders(console));
        http.addFilterBefore(age, SecurityContextHolderFilter.class);
        http.requestCache(cache -> cache.requestCache(new NullRequestCache()));
        http.oauth2Login(signIn);
        http.logout(logout -> logout.logoutUrl("/sign-out").logoutSuccessHandler(signOut));
        http.exceptionHandling(handling ->
                handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
        return http.build();
    }
}
