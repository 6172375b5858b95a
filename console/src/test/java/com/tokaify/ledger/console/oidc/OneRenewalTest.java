package com.tokaify.ledger.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

class OneRenewalTest {
    private static final ClientRegistration REGISTRATION =
            ClientRegistration.withRegistrationId("ledger")
                    .clientId("console")
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUri("http://127.0.0.1/back")
                    .authorizationUri("http://127.0.0.1/authorize")
                    .tokenUri("http://127.0.0.1/token")
                    .build();

    private final AtomicInteger renewals = new AtomicInteger();
    private final OneRenewal renewal =
            new OneRenewal(context -> client("new-" + renewals.incrementAndGet()));

    private static OAuth2AuthorizedClient client(String token) {
        return client(token, Duration.ofSeconds(30));
    }

    private static OAuth2AuthorizedClient client(String token, Duration left) {
        Instant now = Instant.now();
        return new OAuth2AuthorizedClient(
                REGISTRATION,
                "usr_1",
                new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER, token, now, now.plus(left)),
                new OAuth2RefreshToken("refresh", now));
    }

    private String renewed(String token) {
        return renewed(client(token));
    }

    private String renewed(OAuth2AuthorizedClient old) {
        OAuth2AuthorizedClient client =
                renewal.authorize(
                        OAuth2AuthorizationContext.withAuthorizedClient(old)
                                .principal(new TestingAuthenticationToken("usr_1", null))
                                .build());
        return client == null ? "" : client.getAccessToken().getTokenValue();
    }

    /** A page's many requests renew a token once, and all go on with the same new one. */
    @Test
    void manyRequestsRenewATokenOnce() throws Exception {
        List<Callable<String>> requests = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            requests.add(() -> renewed("old"));
        }
        try (ExecutorService page = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> request : page.invokeAll(requests)) {
                assertThat(request.get()).isEqualTo("new-1");
            }
        }
        assertThat(renewed("old")).isEqualTo("new-1");
    }

    /** What is good for a while is left alone. */
    @Test
    void goodTokenIsNotRenewed() {
        assertThat(renewed(client("good", Duration.ofSeconds(90)))).isEmpty();
        assertThat(renewals).hasValue(0);
    }

    /** Another session's token, and the next one of the same, are renewed for themselves. */
    @Test
    void eachTokenIsRenewedForItself() {
        assertThat(renewed("old")).isEqualTo("new-1");
        assertThat(renewed("other")).isEqualTo("new-2");
        assertThat(renewed("new-1")).isEqualTo("new-3");
    }
}
