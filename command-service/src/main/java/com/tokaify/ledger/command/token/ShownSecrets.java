package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.settings.LedgerSettings;
import com.tokaify.ledger.command.token.SecretCommand.Revealed;
import com.tokaify.ledger.command.token.SecretCommand.Rotated;
import com.tokaify.ledger.command.vault.SecretVault;
import com.tokaify.ledger.command.web.Answers;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.service.problem.ProblemException;
import java.net.URI;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Secrets as they are answered, the only place that puts one into an answer. Thread-safe. */
@Component
final class ShownSecrets {
    private final SecretVault vault;
    private final URI apiUrl;

    ShownSecrets(SecretVault vault, LedgerSettings settings) {
        this.vault = vault;
        this.apiUrl = settings.apiUrl();
    }

    /**
     * A secret from the vault.
     *
     * @param version counts the token's secrets, from 1
     * @throws ProblemException where the token has another one by now, or is deleted
     */
    TokenSecret again(TokenId token, int version) {
        return vault.open(token, version)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.CONFLICT,
                                "SECRET_GONE",
                                "This secret of the token "
                                        + token
                                        + " is gone: it was rotated, or the token was deleted,"
                                        + " since."));
    }

    NewSecret created(TokenId token, TokenSecret secret) {
        return new NewSecret(
                token, secret.reveal(), secret.mask(), ConnectionString.of(secret, apiUrl));
    }

    RotatedSecret rotated(Rotated rotated, TokenSecret secret) {
        return new RotatedSecret(
                rotated.tokenId(),
                secret.reveal(),
                secret.mask(),
                ConnectionString.of(secret, apiUrl),
                rotated.previousValidUntil());
    }

    RevealedSecret revealed(Revealed revealed, RevealedAs how, TokenSecret secret) {
        return switch (how) {
            case SECRET, COPY_TOKEN ->
                    new RevealedSecret(revealed.tokenId(), secret.reveal(), null, null);
            case CONNECTION_STRING ->
                    new RevealedSecret(
                            revealed.tokenId(),
                            secret.reveal(),
                            ConnectionString.of(secret, apiUrl),
                            null);
            case CURL ->
                    new RevealedSecret(
                            revealed.tokenId(),
                            secret.reveal(),
                            null,
                            CurlCommand.of(secret, apiUrl, revealed.model()));
        };
    }

    /** An answer no cache keeps. */
    static <B> ResponseEntity<B> answer(HttpStatus status, Committed<?> committed, B body) {
        ResponseEntity<B> answer = Answers.answer(status, committed, body);
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .cacheControl(CacheControl.noStore())
                .body(body);
    }
}
