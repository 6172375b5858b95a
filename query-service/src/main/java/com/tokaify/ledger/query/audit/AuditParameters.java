package com.tokaify.ledger.query.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the feed. Those given must all hold; of a repeated one any value.
 *
 * @param actor who caused it: a kind and an id, or a kind alone
 * @param type a type of event as {@code type} tells it; may be repeated
 * @param eventClass what it is about; may be repeated
 * @param tokenId events of this token
 * @param accountId events of this account and its tokens
 * @param from recorded at this instant or later
 * @param to recorded before this instant
 * @param order which come first
 * @param limit the most events on a page
 * @param cursor where the page before ended: its {@code nextCursor}
 */
record AuditParameters(
        @Nullable ActorFilter actor,
        @Nullable List<String> type,
        @JsonProperty("class") @Nullable List<EventClass> eventClass,
        @Nullable TokenId tokenId,
        @Nullable AccountId accountId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Schema(defaultValue = "newest") AuditOrder order,
        @Schema(minimum = "1", maximum = "1000", defaultValue = "50") int limit,
        @Nullable AuditCursor cursor) {}
