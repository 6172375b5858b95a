package com.tokaify.ledger.console.browser;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * In which language the pages before the page are: as the browser asks for, or as somebody has
 * chosen, which the cookie {@code lang} remembers. And what they look like.
 */
@Configuration(proxyBeanMethods = false)
class Languages implements WebMvcConfigurer {
    private static final String LANG = "lang";

    @Bean
    LocaleResolver localeResolver() {
        CookieLocaleResolver resolver = new CookieLocaleResolver(LANG);
        resolver.setCookieSameSite("Lax");
        resolver.setRejectInvalidCookies(false);
        return resolver;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        LocaleChangeInterceptor chosen = new LocaleChangeInterceptor();
        chosen.setParamName(LANG);
        chosen.setHttpMethods("GET");
        chosen.setIgnoreInvalidLocale(true);
        registry.addInterceptor(chosen).addPathPatterns("/sign-in/**", "/invitation/**");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/sign-in/*.css").addResourceLocations("classpath:/sign-in/");
    }
}
