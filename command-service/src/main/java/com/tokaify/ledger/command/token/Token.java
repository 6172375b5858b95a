package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.command.token.SecretCommand.RevealSecret;
import com.tokaify.ledger.command.token.SecretCommand.Revealed;
import com.tokaify.ledger.command.token.SecretCommand.RotateSecret;
import com.tokaify.ledger.command.token.SecretCommand.Rotated;
import com.tokaify.ledger.command.token.SettingsCommand.ChangeSettings;
import com.tokaify.ledger.command.token.SettingsCommand.ReadSettings;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DeleteToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.Enabled;
import com.tokaify.ledger.command.token.TokenCommand.ExpireToken;
import com.tokaify.ledger.command.token.UsageCommand.Refund;
import com.tokaify.ledger.command.token.UsageCommand.RefundUsage;
import com.tokaify.ledger.command.token.UsageCommand.StartQuotaPeriod;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.service.access.Scope;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;
import tools.jackson.databind.ObjectReader;

/**
 * The token as Axon's aggregate: hands commands to the deciders and events to {@link TokenState}.
 */
public final class Token extends StreamAggregate {
    /** Of what {@link #state} writes. A golden file of the tests says when it has to change. */
    public static final short STATE_FORMAT = 2;

    private static final ObjectReader LIVE = StrictJson.MAPPER.readerFor(TokenState.Live.class);

    private TokenState state = new TokenState.Unborn();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Decision<Done> handle(CreateToken command) {
        born(command.tokenId());
        return settle(command, () -> TokenDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Enabled> handle(EnableToken command) {
        return settle(command, () -> TokenDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(DisableToken command) {
        return settle(command, () -> TokenDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(DeleteToken command) {
        return settle(command, () -> TokenDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(ExpireToken command) {
        return settle(command, () -> TokenDecider.decide(state, command));
    }

    @CommandHandler
    Decision<TokenSettings> handle(ChangeSettings command) {
        return settle(command, () -> SettingsDecider.decide(state, command));
    }

    @CommandHandler
    Decision<TokenSettings> handle(ReadSettings command) {
        return settle(command, () -> SettingsDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Revealed> handle(RevealSecret command) {
        return settle(command, () -> SecretDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Rotated> handle(RotateSecret command) {
        return settle(command, () -> SecretDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Consumption> handle(ConsumeQuota command) {
        return settle(command, () -> UsageDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Refund> handle(RefundUsage command) {
        return settle(command, () -> UsageDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(StartQuotaPeriod command) {
        return settle(command, () -> UsageDecider.decide(state, command));
    }

    @Override
    protected boolean isWithin(Scope scope, StreamId stream) {
        return switch (state) {
            case TokenState.Unborn _ -> true;
            case TokenState.Live live -> scope.covers(live.accountId());
            case TokenState.Deleted deleted -> scope.covers(deleted.accountId());
        };
    }

    @Override
    protected boolean changesSettings(LedgerEvent event) {
        return switch ((TokenEvent) event) {
            case QuotaConsumed _,
                    QuotaExhausted _,
                    ModelQuotaExhausted _,
                    QuotaRefunded _,
                    QuotaPeriodStarted _,
                    SecretRevealed _ ->
                    false;
            case TokenCreated _,
                    TokenRenamed _,
                    TokenGroupChanged _,
                    QuotaLimitChanged _,
                    QuotaPeriodChanged _,
                    ModelQuotasChanged _,
                    RateLimitsChanged _,
                    ModelAccessChanged _,
                    IpAllowlistChanged _,
                    ExpirationChanged _,
                    TokenEnabled _,
                    TokenDisabled _,
                    TokenExpired _,
                    TokenDeleted _,
                    TokenImported _,
                    SecretRotated _ ->
                    true;
        };
    }

    @Override
    protected short stateFormat() {
        return STATE_FORMAT;
    }

    /** Only of a live token: another one has nothing left to replay. */
    @Override
    protected Optional<byte[]> state() {
        return state instanceof TokenState.Live live ? Optional.of(write(live)) : Optional.empty();
    }

    @Override
    protected void restore(byte[] bytes) {
        state = read(bytes);
    }

    static byte[] write(TokenState.Live live) {
        return StrictJson.MAPPER.writeValueAsBytes(live);
    }

    static TokenState.Live read(byte[] bytes) {
        return StrictJson.read(LIVE, TokenState.Live.class, bytes, "a token's snapshot");
    }

    @Override
    protected void evolve(LedgerEvent event, long sequence) {
        state = TokenState.evolve(state, (TokenEvent) event, sequence);
    }
}
