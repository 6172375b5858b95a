package com.tokaify.ledger.console.forward;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets an answer that is {@link CutShort} end where it was. The server would add its error page to
 * it, as if that were the end of what the service said.
 */
final class NoErrorPageInAnswers extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!response.isCommitted()) {
            chain.doFilter(request, response);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    /** Only where the server makes its error page. */
    @Configuration(proxyBeanMethods = false)
    static class Registered {

        @Bean
        FilterRegistrationBean<NoErrorPageInAnswers> noErrorPageInAnswers() {
            FilterRegistrationBean<NoErrorPageInAnswers> registration =
                    new FilterRegistrationBean<>(new NoErrorPageInAnswers());
            registration.setDispatcherTypes(DispatcherType.ERROR);
            return registration;
        }
    }
}
