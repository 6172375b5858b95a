package com.tokaify.ledger.console.issuer;

import com.tokaify.ledger.console.ConsoleSettings;
import com.tokaify.ledger.console.RandomText;
import com.tokaify.ledger.console.SessionSettings;
import com.tokaify.ledger.console.oidc.Registration;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/**
 * Who may ask the embedded issuer for tokens: the console itself for people, machine clients for
 * themselves, and, only where their secrets are configured, the client {@code watcher}, which is an
 * auditor, and the client {@code local}, which gets tokens of whatever role it names. The console's
 * secret is made at each start and never leaves the process, which asks itself.
 */
@Component
@WithEmbeddedIssuer
final class Clients implements RegisteredClientRepository {
    static final String LOCAL = "local";
    static final String WATCHER = "watcher";
    private static final String CONSOLE = "console";

    /** Ids no machine client may have. */
    static final Set<String> OWN = Set.of(CONSOLE, LOCAL, WATCHER);

    private static final Duration LOCAL_TOKEN_LIFE = Duration.ofHours(1);

    private final String consoleSecret = RandomText.next();
    private final RegisteredClient console;
    private final @Nullable RegisteredClient local;
    private final @Nullable RegisteredClient watcher;
    private final MachineClientTable machines;
    private final Duration machineTokenLife;

    Clients(
            ConsoleSettings settings,
            SessionSettings sessions,
            IssuerSettings issuer,
            MachineClientTable machines) {
        this.console =
                RegisteredClient.withId(CONSOLE)
                        .clientId(CONSOLE)
                        .clientSecret(SecretDigest.of(consoleSecret))
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                        .redirectUri(Registration.redirectUri(settings))
                        .scope(OidcScopes.OPENID)
                        .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                        .tokenSettings(
                                TokenSettings.builder()
                                        .accessTokenTimeToLive(issuer.tokenLife())
                                        .refreshTokenTimeToLive(sessions.longest())
                                        .build())
                        .build();
        this.local = configured(LOCAL, issuer.localClientSecretFile(), LOCAL_TOKEN_LIFE);
        this.watcher = configured(WATCHER, issuer.watcherSecretFile(), issuer.tokenLife());
        this.machines = machines;
        this.machineTokenLife = issuer.tokenLife();
    }

    private static @Nullable RegisteredClient configured(
            String id, @Nullable Path secretFile, Duration tokenLife) {
        return secretFile == null
                ? null
                : machine(id, SecretDigest.of(content(secretFile)), tokenLife);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the file of a client's secret, " + file + ", cannot be read", e);
        }
    }

    /** What the console shows the issuer, within this process. */
    String consoleSecret() {
        return consoleSecret;
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return switch (clientId) {
            case CONSOLE -> console;
            case LOCAL -> local;
            case WATCHER -> watcher;
            case String machine ->
                    machines.find(machine)
                            .map(client ->
                                    machine(machine, client.secretDigest(), machineTokenLife))
                            .orElse(null);
        };
    }

    private static RegisteredClient machine(String id, String secretDigest, Duration tokenLife) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(secretDigest)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(tokenLife).build())
                .build();
    }

    /** Nothing comes from there: clients are made by operators, here. */
    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("clients are not registered over OAuth");
    }
}
