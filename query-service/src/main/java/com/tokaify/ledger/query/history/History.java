package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.account.AccountMoment;
import com.tokaify.ledger.query.account.AccountTotals;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.past.Past;
import com.tokaify.ledger.query.projection.OneMoment;
import com.tokaify.ledger.query.token.TokenState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Answers what has been. Any number of threads. Every answer is made of several questions to the
 * database, which all see it at one moment, so that a batch that is written meanwhile is in all of
 * the answer or in none of it.
 */
public final class History {
    private final OneMoment oneMoment;
    private final TimeTravel timeTravel;
    private final Chronicle chronicle;
    private final ConsumptionTable consumption;
    private final StreamTable streams;

    public History(DataSource dataSource) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        this.streams = new StreamTable(jdbc);
        CheckpointTable checkpoints = new CheckpointTable(jdbc);
        this.oneMoment = new OneMoment(dataSource);
        this.timeTravel =
                new TimeTravel(
                        checkpoints,
                        streams,
                        new Checkpoints(checkpoints, streams),
                        new KeptTable(jdbc));
        this.chronicle = new Chronicle(timeTravel, streams);
        this.consumption = new ConsumptionTable(jdbc);
    }

    /** All that is asked within sees the view at one moment. */
    public <T> T inOneMoment(Supplier<T> questions) {
        return oneMoment.ask(questions);
    }

    public Past<TokenState> token(TokenId token, AsOf asOf) {
        return inOneMoment(
                () -> timeTravel.at(token, asOf).map((fold, _) -> tokenOf(fold).state()));
    }

    public Past<AccountMoment> account(AccountId account, AsOf asOf) {
        return inOneMoment(
                () -> timeTravel.at(account, asOf).map((fold, at) -> moment(account, fold, at)));
    }

    /** The last events of these types, up to and with this sequence, newest first. */
    public List<RecordedEvent> newest(
            StreamId stream, Set<EventType> types, long sequence, int limit) {
        return inOneMoment(() -> streams.newest(stream, types, sequence, limit));
    }

    /** The last usage of any token of the account, up to and at the instant. */
    public Optional<RecordedEvent> lastUsage(AccountId account, Instant instant) {
        return inOneMoment(() -> streams.lastUsage(account, instant));
    }

    /** Empty where there is no such stream. */
    Optional<HistoryPage> page(StreamId stream, HistoryQuery query) {
        return inOneMoment(() -> chronicle.page(stream, query));
    }

    private AccountMoment moment(AccountId account, Fold fold, Instant at) {
        AccountFold own = accountOf(fold);
        return new AccountMoment(
                own.state(),
                own.paid().plus(AccountTotals.consumption(consumption.upTo(account, at))));
    }

    private static TokenFold tokenOf(Fold fold) {
        return switch (fold) {
            case TokenFold token -> token;
            case AccountFold _ -> throw new IllegalStateException("a token's stream is no account");
        };
    }

    private static AccountFold accountOf(Fold fold) {
        return switch (fold) {
            case AccountFold account -> account;
            case TokenFold _ -> throw new IllegalStateException("an account's stream is no token");
        };
    }
}
