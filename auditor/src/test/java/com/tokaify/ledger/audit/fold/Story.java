package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one token and its account, as events of one partition, a second apart. Usage was
 * reported unless a request is named.
 */
public final class Story {
    public static final TokenId TOKEN = new TokenId(new UUID(0x0193_0000_0000_7000L, 1));
    public static final AccountId ACCOUNT = new AccountId(new UUID(0x0193_0000_0000_7000L, 2));
    public static final Instant BEGAN = Instant.parse("2026-11-30T08:00:00Z");

    private static final LookupHash HASH = LookupHash.parse("A".repeat(43));

    private final List<LoggedEvent> events = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private String request = "ledger.usage-0@1";

    /** A token without a limit, of an account with nothing. */
    public static Story ofToken() {
        return ofToken(null);
    }

    public static Story ofToken(@Nullable Long quotaLimit) {
        return new Story()
                .then(new AccountEvent.AccountOpened("Acme"))
                .then(
                        new TokenCreated(
                                ACCOUNT,
                                "ci",
                                "default",
                                new Restrictions(quotaLimit, null, null, null),
                                HASH,
                                "sk-tkfA**********wxyz"));
    }

    /** The request that what follows came from. */
    public Story request(String id) {
        request = id;
        return this;
    }

    public Story then(LedgerEvent event) {
        return then(event, EventCodec.encode(event));
    }

    /** The same, with something else for a payload. */
    public Story then(LedgerEvent event, byte[] payload) {
        String stream =
                switch (event) {
                    case TokenEvent _ -> TOKEN.toString();
                    case AccountEvent _ -> ACCOUNT.toString();
                    case CatalogEvent _ -> "catalog";
                };
        long sequence = sequences.merge(stream, 1L, Long::sum) - 1;
        events.add(
                new LoggedEvent(
                        0,
                        events.size() + 1,
                        stream,
                        sequence,
                        EventType.of(event).ceType(),
                        BEGAN.plusSeconds(events.size()).toString(),
                        "gateway:edge-1",
                        request,
                        payload));
        return this;
    }

    public Story used(String usageId, long amount, long totalAfter) {
        return then(new QuotaConsumed(usageId, amount, "gpt-4o", totalAfter, false));
    }

    /** Usage that says it is above the limit. */
    public Story overrun(String usageId, long amount, long totalAfter) {
        return then(new QuotaConsumed(usageId, amount, "gpt-4o", totalAfter, true));
    }

    public List<LoggedEvent> events() {
        return events;
    }
}
